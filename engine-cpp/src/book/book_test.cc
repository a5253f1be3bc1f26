#include "book/book.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "book/order_store.h"

namespace outcry {
namespace {

constexpr Price kHighest = std::numeric_limits<Price>::max();
constexpr AccountSlot kAlice = 1;
constexpr AccountSlot kBob = 2;

class BookTest : public testing::Test {
 protected:
  Order& rest(Side side, Price price, Quantity quantity, Quantity slice = 0,
              AccountSlot account = kAlice) {
    Order& order = store_.create(++last_id_);
    order.side = side;
    order.price = price;
    order.remaining = quantity;
    order.account = account;
    order.set_display_quantity(slice);
    book_.rest(order);
    book_.check_invariants();
    return order;
  }

  std::vector<OrderId> ids(Side side) const {
    std::vector<OrderId> found;
    book_.for_each_order(side, [&](const Order& order) { found.push_back(order.id); });
    return found;
  }

  std::vector<std::pair<Price, Quantity>> levels(Side side) const {
    std::vector<std::pair<Price, Quantity>> found;
    book_.for_each_level(side, [&](Price price, Quantity displayed, std::uint32_t) {
      found.emplace_back(price, displayed);
      return true;
    });
    return found;
  }

  using Ids = std::vector<OrderId>;
  using Levels = std::vector<std::pair<Price, Quantity>>;

  OrderId last_id_ = 0;
  OrderStore store_;
  Book book_{1};
};

TEST_F(BookTest, IsEmptyAtFirst) {
  EXPECT_EQ(book_.best_price(Side::kBuy), 0);
  EXPECT_EQ(book_.first_against(Side::kBuy, Book::no_limit(Side::kBuy)), nullptr);
  EXPECT_EQ(book_.first_against(Side::kSell, Book::no_limit(Side::kSell)), nullptr);
}

TEST_F(BookTest, QueuesByPriceThenByArrival) {
  rest(Side::kBuy, 99, 10);
  rest(Side::kBuy, 100, 10);
  rest(Side::kBuy, 99, 10);
  rest(Side::kSell, 103, 10);
  rest(Side::kSell, 102, 10);
  rest(Side::kSell, 102, 10);
  EXPECT_EQ(ids(Side::kBuy), (Ids{2, 1, 3}));
  EXPECT_EQ(ids(Side::kSell), (Ids{5, 6, 4}));
  EXPECT_EQ(levels(Side::kBuy), (Levels{{100, 10}, {99, 20}}));
}

TEST_F(BookTest, MeetsTheFirstOrderWithinTheLimit) {
  const Order& ask = rest(Side::kSell, 101, 10);
  const Order& bid = rest(Side::kBuy, 99, 10);
  EXPECT_EQ(book_.first_against(Side::kBuy, 100), nullptr);
  EXPECT_EQ(book_.first_against(Side::kBuy, 101), &ask);
  EXPECT_EQ(book_.first_against(Side::kBuy, Book::no_limit(Side::kBuy)), &ask);
  EXPECT_EQ(book_.first_against(Side::kSell, 100), nullptr);
  EXPECT_EQ(book_.first_against(Side::kSell, 99), &bid);
  EXPECT_EQ(book_.first_against(Side::kSell, Book::no_limit(Side::kSell)), &bid);
}

TEST_F(BookTest, FillsInPartThenInFull) {
  Order& order = rest(Side::kSell, 101, 10);
  EXPECT_EQ(book_.fill(order, 4), Book::Filled::kPart);
  EXPECT_EQ(levels(Side::kSell), (Levels{{101, 6}}));
  EXPECT_EQ(book_.fill(order, 6), Book::Filled::kAll);
  EXPECT_FALSE(order.rests());
  EXPECT_EQ(book_.best_price(Side::kSell), 0);
  book_.check_invariants();
}

TEST_F(BookTest, ShowsAnIcebergSliceBySlice) {
  Order& iceberg = rest(Side::kSell, 101, 25, 10);
  rest(Side::kSell, 101, 5);
  EXPECT_EQ(levels(Side::kSell), (Levels{{101, 15}}));
  EXPECT_EQ(book_.fill(iceberg, 10), Book::Filled::kSlice);
  EXPECT_EQ(ids(Side::kSell), (Ids{2, 1}));
  EXPECT_EQ(iceberg.displayed(), 10);
  EXPECT_EQ(book_.fill(iceberg, 10), Book::Filled::kSlice);
  EXPECT_EQ(iceberg.displayed(), 5);
  EXPECT_EQ(book_.fill(iceberg, 5), Book::Filled::kAll);
  EXPECT_EQ(ids(Side::kSell), (Ids{2}));
  book_.check_invariants();
}

TEST_F(BookTest, KeepsPriorityAndSliceWhenReduced) {
  Order& iceberg = rest(Side::kBuy, 99, 25, 10);
  rest(Side::kBuy, 99, 5);
  book_.fill(iceberg, 4);
  book_.reduce(iceberg, 15);
  EXPECT_EQ(iceberg.displayed(), 6);
  EXPECT_EQ(iceberg.hidden, 0);
  book_.reduce(iceberg, 2);
  EXPECT_EQ(iceberg.displayed(), 4);
  EXPECT_EQ(ids(Side::kBuy), (Ids{1, 2}));
  book_.check_invariants();
}

TEST_F(BookTest, RestoresASliceAsItWas) {
  Order& order = store_.create(1);
  order.side = Side::kBuy;
  order.price = 99;
  order.remaining = 25;
  order.hidden = 22;
  order.set_display_quantity(10);
  book_.restore(order);
  EXPECT_EQ(levels(Side::kBuy), (Levels{{99, 3}}));
  book_.check_invariants();
}

TEST_F(BookTest, CountsHiddenQuantityAsFillable) {
  rest(Side::kSell, 101, 100, 10);
  EXPECT_TRUE(book_.can_fill(Side::kBuy, 101, 100, kBob, Book::OwnOrders::kStopAt));
  EXPECT_FALSE(book_.can_fill(Side::kBuy, 101, 101, kBob, Book::OwnOrders::kStopAt));
  EXPECT_FALSE(book_.can_fill(Side::kBuy, 100, 1, kBob, Book::OwnOrders::kStopAt));
}

TEST_F(BookTest, SkipsOrStopsAtOwnOrdersWhenAskedWhatCanBeFilled) {
  rest(Side::kSell, 101, 10, 0, kAlice);
  rest(Side::kSell, 102, 10, 0, kBob);
  rest(Side::kSell, 103, 10, 0, kAlice);
  EXPECT_TRUE(book_.can_fill(Side::kBuy, 103, 20, kBob, Book::OwnOrders::kSkip));
  EXPECT_FALSE(book_.can_fill(Side::kBuy, 103, 21, kBob, Book::OwnOrders::kSkip));
  EXPECT_TRUE(book_.can_fill(Side::kBuy, 103, 10, kBob, Book::OwnOrders::kStopAt));
  EXPECT_FALSE(book_.can_fill(Side::kBuy, 103, 11, kBob, Book::OwnOrders::kStopAt));
}

TEST_F(BookTest, TakesTheLowestAndTheHighestPrice) {
  rest(Side::kBuy, 1, 10);
  rest(Side::kSell, kHighest, 10);
  EXPECT_EQ(book_.best_price(Side::kBuy), 1);
  EXPECT_EQ(book_.best_price(Side::kSell), kHighest);
  Order* ask = book_.first_against(Side::kBuy, Book::no_limit(Side::kBuy));
  ASSERT_NE(ask, nullptr);
  book_.remove(*ask);
  rest(Side::kBuy, kHighest, 10);
  EXPECT_EQ(ids(Side::kBuy), (Ids{3, 1}));
}

TEST_F(BookTest, RefusesAQuantityThatWouldOverflowASide) {
  constexpr Quantity kMost = std::numeric_limits<Quantity>::max();
  rest(Side::kBuy, 10, kMost - 5);
  EXPECT_TRUE(book_.has_room(Side::kBuy, 5));
  EXPECT_FALSE(book_.has_room(Side::kBuy, 6));
  EXPECT_TRUE(book_.has_room(Side::kSell, kMost));
}

TEST_F(BookTest, KeepsOrdersOfAnOldTickWhenTheTickChanges) {
  book_.set_tick(10);
  rest(Side::kBuy, 100, 10);
  rest(Side::kBuy, 110, 10);
  book_.set_tick(25);
  rest(Side::kBuy, 125, 10);
  rest(Side::kBuy, 100, 10);
  EXPECT_EQ(ids(Side::kBuy), (Ids{3, 2, 1, 4}));
}

TEST_F(BookTest, StopsGivingLevelsWhenToldTo) {
  for (Price price = 1; price <= 10; ++price)
    rest(Side::kBuy, price, 1);
  int given = 0;
  book_.for_each_level(Side::kBuy, [&](Price, Quantity, std::uint32_t) { return ++given < 3; });
  EXPECT_EQ(given, 3);
}

TEST_F(BookTest, EndsTheProcessWhenAnOrderRestsTwice) {
  Order& order = rest(Side::kBuy, 99, 10);
  EXPECT_DEATH(book_.rest(order), "rests");
}

TEST_F(BookTest, EndsTheProcessWhenAnOrderRestsOffTheTick) {
  book_.set_tick(7);
  rest(Side::kSell, 14, 10);
  Order& order = store_.create(2);
  order.price = 13;
  order.remaining = 10;
  EXPECT_DEATH(book_.rest(order), "divides");
}

TEST_F(BookTest, EndsTheProcessWhenARestingOrderIsErased) {
  Order& order = rest(Side::kBuy, 99, 10);
  EXPECT_DEATH(store_.erase(order), "rests");
}

TEST_F(BookTest, FindsABrokenInvariant) {
  rest(Side::kBuy, 99, 10);
  Order& order = rest(Side::kBuy, 98, 10);
  order.remaining = 9;
  EXPECT_DEATH(book_.check_invariants(), "a level's quantity is the sum of its orders");
}

}  // namespace
}  // namespace outcry
