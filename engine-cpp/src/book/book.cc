#include "book/book.h"

namespace outcry {

bool Book::can_fill(Side taker, Price limit, Quantity quantity, AccountSlot account,
                    OwnOrders own_orders) const {
  const Ladder& makers = ladder(opposite(taker));
  const std::uint64_t worst_rank = makers.rank(limit);
  // The levels' sums first: they tell at once that there is too little, own orders or not.
  Quantity missing = quantity;
  for (const Level* level = makers.best(); missing > 0; level = makers.next(*level)) {
    if (level == nullptr || makers.rank(level->front().price) > worst_rank) return false;
    missing -= std::min(missing, level->quantity);
  }
  missing = quantity;
  for (const Level* level = makers.best(); level != nullptr; level = makers.next(*level)) {
    if (makers.rank(level->front().price) > worst_rank) return false;
    for (const Order& order : *level) {
      if (order.account == account) {
        if (own_orders == OwnOrders::kStopAt) return false;
        continue;
      }
      if (order.remaining >= missing) return true;
      missing -= order.remaining;
    }
  }
  return false;
}

void Book::set_tick(Price tick) {
  for (Ladder& side : ladders_)
    side.set_tick(tick);
}

Quantity Book::displayed(const Level& level) {
  if (level.iceberg_count == 0) return level.quantity;
  Quantity sum = 0;
  for (const Order& order : level)
    sum += order.displayed();
  return sum;
}

}  // namespace outcry
