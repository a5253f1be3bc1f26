// The order book of one instrument: two ladders of resting orders in price-time priority.
//
// It keeps the queues and leaves the decisions to its caller, who runs the matching loop: look at
// the first order that would trade, then fill, reduce or remove it, and rest what is left of one's
// own. Accounts, funds, fees and events are the caller's.
//
//     while (taker.remaining > 0) {
//       Order* maker = book.first_against(taker.side, limit);
//       if (maker == nullptr) break;
//       // self-trade, funds: remove(*maker), reduce(*maker, n), or stop
//       const Quantity quantity = std::min(taker.remaining, maker->displayed());
//       taker.remaining -= quantity;
//       if (book.fill(*maker, quantity) == Book::Filled::kAll) store.erase(*maker);
//     }
//     if (taker.remaining > 0) book.rest(taker);
//
// An order is created in and erased from the OrderStore by the caller; it may rest in one book at a
// time. Terms of a resting order change through the book alone.
//
// Thread rule: one thread. No allocation once it has held as many levels before.
#pragma once

#include <algorithm>
#include <limits>

#include "book/ladder.h"
#include "book/order.h"
#include "outcry/assert.h"

namespace outcry {

class Book {
 public:
  // Prices are multiples of the tick, which is above 0.
  explicit Book(Price tick) : ladders_{Ladder(Side::kBuy, tick), Ladder(Side::kSell, tick)} {}

  // The resting order that an order of `taker` side with that limit meets first; null when there is
  // none at the limit or better. A market order's limit is no_limit(side), or the worst price it
  // takes.
  Order* first_against(Side taker, Price limit) const {
    const Ladder& makers = ladder(opposite(taker));
    return makers.best_rank() <= makers.rank(limit) ? &makers.best()->front() : nullptr;
  }

  // The limit that every price satisfies.
  static constexpr Price no_limit(Side taker) {
    return taker == Side::kBuy ? std::numeric_limits<Price>::max() : 0;
  }

  // The best price of a side; 0 when it is empty.
  Price best_price(Side side) const {
    const Level* level = ladder(side).best();
    return level == nullptr ? 0 : level->front().price;
  }

  // Whether the side's total stays within 64 bits with that much more in it.
  bool has_room(Side side, Quantity quantity) const {
    return quantity <= std::numeric_limits<Quantity>::max() - ladder(side).quantity();
  }

  // Makes the order the last at its price, an iceberg with a new slice. Preconditions: it does not
  // rest; side, price, remaining > 0 and display quantity are set; price is a multiple of the tick
  // and does not cross the other side; has_room(side, remaining).
  void rest(Order& order) {
    order.hidden = order.iceberg ? hidden_behind_new_slice(order) : 0;
    restore(order);
  }

  // Like rest(), but with the slice that the order shows as it is: how a book is rebuilt, orders
  // given in their priority.
  void restore(Order& order) {
    OUTCRY_ASSERT(!order.rests() && order.remaining > order.hidden);
    ladder(order.side).append(order);
  }

  enum class Filled : std::uint8_t {
    kPart,   // the slice or order that was there still is
    kSlice,  // the next slice of an iceberg is now last at its price
    kAll     // nothing remains: the order does not rest any more
  };

  // Takes a trade off a resting order. Precondition: 0 < quantity <= order.displayed().
  Filled fill(Order& order, Quantity quantity) {
    Ladder& makers = ladder(order.side);
    makers.add_quantity(*order.level, -quantity);
    order.remaining -= quantity;
    if (order.remaining != order.hidden) return Filled::kPart;
    if (order.remaining == 0) {
      makers.remove(order);
      return Filled::kAll;
    }
    order.hidden = hidden_behind_new_slice(order);
    Ladder::requeue(order);
    return Filled::kSlice;
  }

  // Takes quantity off an order that keeps its priority; a slice shrinks only when it exceeds what
  // remains. Precondition: 0 < quantity < order.remaining.
  void reduce(Order& order, Quantity quantity) {
    OUTCRY_ASSERT(quantity > 0 && quantity < order.remaining);
    ladder(order.side).add_quantity(*order.level, -quantity);
    order.hidden = std::max<Quantity>(0, order.hidden - quantity);
    order.remaining -= quantity;
  }

  // Takes a resting order out; its remaining quantity stays as it is.
  void remove(Order& order) { ladder(order.side).remove(order); }

  // Of a fill-or-kill order: what it does about resting orders of its own account.
  enum class OwnOrders : std::uint8_t {
    kSkip,   // they do not count
    kStopAt  // nothing counts from the first of them on
  };

  // Whether an order of `account` could trade `quantity` at once at the limit or better; hidden
  // quantity counts.
  bool can_fill(Side taker, Price limit, Quantity quantity, AccountSlot account,
                OwnOrders own_orders) const;

  // For an order that will rest soon. Price must not be negative.
  void prefetch(Side side, Price price) const { ladder(side).prefetch(price); }

  // Prices are multiples of this tick from now on; resting orders stay where they are.
  void set_tick(Price tick);

  // fn(Price, Quantity displayed, std::uint32_t orders), best level first, until it returns false.
  // A level that holds icebergs costs as much as it has orders.
  template <class Fn>
  void for_each_level(Side side, Fn&& fn) const {
    const Ladder& levels = ladder(side);
    for (const Level* level = levels.best(); level != nullptr; level = levels.next(*level)) {
      if (!fn(level->front().price, displayed(*level), level->order_count)) return;
    }
  }

  // fn(const Order&) in priority order.
  template <class Fn>
  void for_each_order(Side side, Fn&& fn) const {
    for_each_order_while(side, [&](const Order& order) {
      fn(order);
      return true;
    });
  }

  // fn(const Order&) in priority order, until it returns false.
  template <class Fn>
  void for_each_order_while(Side side, Fn&& fn) const {
    const Ladder& levels = ladder(side);
    for (const Level* level = levels.best(); level != nullptr; level = levels.next(*level)) {
      for (const Order& order : *level) {
        if (!fn(order)) return;
      }
    }
  }

  std::size_t bytes() const { return ladders_[0].bytes() + ladders_[1].bytes(); }

  // Aborts naming the invariant that does not hold.
  void check_invariants() const;

 private:
  static Quantity hidden_behind_new_slice(const Order& order) {
    return std::max<Quantity>(0, order.remaining - order.display_quantity);
  }

  static Quantity displayed(const Level& level);

  Ladder& ladder(Side side) { return ladders_[static_cast<std::size_t>(side) - 1]; }
  const Ladder& ladder(Side side) const { return ladders_[static_cast<std::size_t>(side) - 1]; }

  Ladder ladders_[2];  // by side
};

}  // namespace outcry
