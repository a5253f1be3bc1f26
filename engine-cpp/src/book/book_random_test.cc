// The book against the reference under random commands, everything compared after each of them.
// OUTCRY_SEED=<number> repeats a failure; every failure names its seed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>

#include "book/book.h"
#include "book/order_store.h"
#include "book/reference_book.h"

namespace outcry {
namespace {

struct Market {
  const char* name;
  Price lowest;
  Price spread;  // prices are lowest + [0, spread] ticks
  Price tick;
  int commands;
  std::size_t resting;  // about
};

void PrintTo(const Market& market, std::ostream* out) {
  *out << market.name;
}

constexpr Price kHighest = std::numeric_limits<Price>::max();

std::uint64_t seed() {
  const char* given = std::getenv("OUTCRY_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

class BookRandomTest : public testing::TestWithParam<Market> {
 protected:
  void run() {
    for (int i = 0; i < GetParam().commands; ++i) {
      step();
      compare();
      if (HasFatalFailure()) return;
    }
  }

  const std::uint64_t seed_ = seed();

 private:
  void step() {
    const std::uint64_t roll = below(100);
    const std::size_t resting = store_.size();
    if (resting == 0 || roll < (resting < GetParam().resting ? 55u : 35u)) {
      place();
    } else if (roll < 60) {
      remove(any_order());
    } else if (roll < 75) {
      reduce(any_order());
    } else if (roll < 98) {
      replace(any_order());
    } else {
      book_.set_tick(GetParam().tick * static_cast<Price>(1 + below(2)));
      book_.set_tick(GetParam().tick);
    }
  }

  void place() {
    ReferenceOrder order;
    order.id = ++last_id_;
    order.side = below(2) == 0 ? Side::kBuy : Side::kSell;
    order.price = any_price();
    order.remaining = 1 + static_cast<Quantity>(below(100));
    order.slice = below(4) == 0 ? 1 + static_cast<Quantity>(below(30)) : 0;
    order.account = static_cast<AccountSlot>(below(5));
    query(order);
    match(order);
    if (order.remaining > 0) rest(order, store_.create(order.id));
  }

  void rest(const ReferenceOrder& terms, Order& order) {
    order.side = terms.side;
    order.price = terms.price;
    order.remaining = terms.remaining;
    order.account = terms.account;
    order.set_display_quantity(terms.slice);
    ASSERT_TRUE(book_.has_room(order.side, order.remaining));
    book_.rest(order);
    reference_.rest(terms);
  }

  void match(ReferenceOrder& taker) {
    while (taker.remaining > 0) {
      Order* maker = book_.first_against(taker.side, taker.price);
      const ReferenceOrder* expected = reference_.first_against(taker.side, taker.price);
      ASSERT_EQ(maker == nullptr, expected == nullptr);
      if (maker == nullptr) return;
      ASSERT_EQ(maker->id, expected->id);
      ASSERT_EQ(maker->displayed(), expected->shown);
      if (maker->account == taker.account && below(2) == 0) {
        remove(*maker);
        continue;
      }
      const Quantity quantity = std::min(taker.remaining, maker->displayed());
      taker.remaining -= quantity;
      reference_.fill(maker->id, quantity);
      if (book_.fill(*maker, quantity) == Book::Filled::kAll) store_.erase(*maker);
    }
  }

  void remove(Order& order) {
    reference_.remove(order.id);
    book_.remove(order);
    store_.erase(order);
  }

  void reduce(Order& order) {
    if (order.remaining == 1) return;
    const auto most = static_cast<std::uint64_t>(order.remaining - 1);
    const Quantity quantity = 1 + static_cast<Quantity>(below(most));
    reference_.reduce(order.id, quantity);
    book_.reduce(order, quantity);
  }

  void replace(Order& order) {
    ReferenceOrder terms{order.id,        order.side, any_price(),
                         order.remaining, 0,          order.display_quantity,
                         order.account};
    reference_.remove(order.id);
    book_.remove(order);
    match(terms);
    if (terms.remaining == 0) return store_.erase(order);
    rest(terms, order);
  }

  void query(const ReferenceOrder& order) {
    const Quantity wanted = order.remaining * static_cast<Quantity>(1 + below(20));
    for (const auto own_orders : {Book::OwnOrders::kSkip, Book::OwnOrders::kStopAt}) {
      ASSERT_EQ(book_.can_fill(order.side, order.price, wanted, order.account, own_orders),
                reference_.can_fill(order.side, order.price, wanted, order.account, own_orders));
    }
  }

  void compare() {
    book_.check_invariants();
    std::size_t orders = 0;
    for (const Side side : {Side::kBuy, Side::kSell}) {
      std::vector<ReferenceBook::LevelView> levels;
      book_.for_each_level(side, [&](Price price, Quantity displayed, std::uint32_t count) {
        levels.emplace_back(price, displayed, count);
        return true;
      });
      ASSERT_EQ(levels, reference_.levels(side));
      auto expected = reference_.orders(side).begin();
      book_.for_each_order(side, [&](const Order& order) {
        ASSERT_EQ(order.id, expected->id);
        ASSERT_EQ(order.remaining, expected->remaining);
        ASSERT_EQ(order.displayed(), expected->shown);
        ASSERT_EQ(store_.find(order.id), &order);
        ++expected;
        ++orders;
      });
      ASSERT_EQ(expected, reference_.orders(side).end());
    }
    ASSERT_EQ(orders, store_.size());
  }

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  Price any_price() {
    const Market& market = GetParam();
    const auto steps = static_cast<Price>(below(static_cast<std::uint64_t>(market.spread) + 1));
    return market.lowest + steps * market.tick;
  }

  Order& any_order() {
    // Ids ascend and most die young: the next live one after a random id.
    OrderId id = 1 + below(last_id_);
    while (store_.find(id) == nullptr)
      id = id == last_id_ ? 1 : id + 1;
    return *store_.find(id);
  }

  std::mt19937_64 random_{seed_};
  OrderId last_id_ = 0;
  OrderStore store_;
  Book book_{GetParam().tick};
  ReferenceBook reference_;
};

TEST_P(BookRandomTest, AgreesWithTheReferenceAfterEveryCommand) {
  SCOPED_TRACE("OUTCRY_SEED=" + std::to_string(seed_));
  RecordProperty("seed", std::to_string(seed_));
  run();
}

INSTANTIATE_TEST_SUITE_P(Markets, BookRandomTest,
                         testing::Values(Market{"Narrow", 95, 10, 1, 20'000, 40},
                                         Market{"Dense", 100'000, 200, 1, 20'000, 150},
                                         Market{"CoarseTick", 2'500, 400, 25, 20'000, 150},
                                         Market{"Sparse", 7, 1'000'000'000'000, 7, 20'000, 60},
                                         Market{"WholeRange", 1, kHighest - 1, 1, 20'000, 60},
                                         Market{"HighestPrices", kHighest - 64, 64, 1, 20'000, 60},
                                         Market{"HugeTick", Price{1} << 60, 6, Price{1} << 60,
                                                10'000, 20},
                                         Market{"OneLevel", 10, 0, 10, 10'000, 40},
                                         Market{"ComesAndGoes", 1, 5'000, 1, 20'000, 2}),
                         [](const auto& market) { return std::string(market.param.name); });

}  // namespace
}  // namespace outcry
