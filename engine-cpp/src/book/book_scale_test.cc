// What must hold however many orders and levels there are.
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "book/book.h"
#include "book/order_store.h"
#include "counting_allocator.h"

namespace outcry {
namespace {

constexpr std::size_t kMillion = 1'000'000;
constexpr std::size_t kMostBytesAnOrder = 200;

class BookScaleTest : public testing::Test {
 protected:
  Order& rest(Side side, Price price) {
    Order& order = store_.create(++last_id_);
    order.side = side;
    order.price = price;
    order.remaining = 1;
    book_.rest(order);
    return order;
  }

  Quantity sweep(Side taker, Quantity remaining) {
    while (remaining > 0) {
      Order* maker = book_.first_against(taker, Book::no_limit(taker));
      if (maker == nullptr) break;
      const Quantity quantity = std::min(remaining, maker->displayed());
      remaining -= quantity;
      if (book_.fill(*maker, quantity) == Book::Filled::kAll) store_.erase(*maker);
    }
    return remaining;
  }

  std::size_t bytes() const { return store_.bytes() + book_.bytes(); }

  OrderId last_id_ = 0;
  OrderStore store_;
  Book book_{1};
};

TEST_F(BookScaleTest, HoldsAMillionOrdersAtOneLevel) {
  std::vector<Order*> orders;
  for (std::size_t i = 0; i < kMillion; ++i)
    orders.push_back(&rest(Side::kSell, 100));
  EXPECT_LE(bytes(), kMillion * kMostBytesAnOrder);
  for (std::size_t i = 0; i < kMillion; i += 2) {
    book_.remove(*orders[i]);
    store_.erase(*orders[i]);
  }
  book_.check_invariants();
  EXPECT_EQ(book_.first_against(Side::kBuy, 100), orders[1]);
  EXPECT_EQ(sweep(Side::kBuy, 10'000), 0);
  EXPECT_EQ(store_.size(), kMillion / 2 - 10'000);
}

TEST_F(BookScaleTest, TakesLittleMemoryForAMillionOrdersOverManyLevels) {
  constexpr Price kLevels = 50'000;
  for (std::size_t i = 0; i < kMillion; ++i)
    rest(Side::kBuy, 1 + static_cast<Price>(i * 7'919) % kLevels);
  EXPECT_LE(bytes(), kMillion * kMostBytesAnOrder);
}

TEST_F(BookScaleTest, SweepsAHundredThousandLonelyLevelsInOrder) {
  constexpr Price kLevels = 100'000;
  constexpr Price kApart = 1'000'003;
  for (Price i = kLevels; i > 0; --i)
    rest(Side::kSell, i * kApart);
  book_.check_invariants();
  for (Price i = 1; i <= kLevels; ++i) {
    ASSERT_EQ(book_.best_price(Side::kSell), i * kApart);
    ASSERT_EQ(sweep(Side::kBuy, 1), 0);
  }
  EXPECT_EQ(store_.size(), 0u);
  book_.check_invariants();
}

TEST_F(BookScaleTest, AllocatesNothingOnceItHasHeldItsLoad) {
  constexpr Price kPrices = 4'000;
  std::mt19937_64 random(1);
  std::vector<Order*> orders;
  const auto fill_and_empty = [&] {
    for (int i = 0; i < 20'000; ++i)
      orders.push_back(&rest(Side::kBuy, 1 + static_cast<Price>(random() % kPrices)));
    for (Order* order : orders) {
      book_.remove(*order);
      store_.erase(*order);
    }
    orders.clear();
  };
  for (Price price = 1; price <= kPrices; ++price)
    orders.push_back(&rest(Side::kBuy, price));
  fill_and_empty();
  const std::size_t allocations_before = test::allocations();
  const std::size_t bytes_before = bytes();
  for (int round = 0; round < 5; ++round)
    fill_and_empty();
  EXPECT_EQ(test::allocations(), allocations_before);
  EXPECT_EQ(bytes(), bytes_before);
}

TEST(BookMemory, IsSmallForAnIdleInstrument) {
  const Book book(1);
  EXPECT_LE(sizeof(Book) + book.bytes(), 2'048u);
}

}  // namespace
}  // namespace outcry
