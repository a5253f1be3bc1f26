#include "book/order_store.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace outcry {
namespace {

constexpr OrderId kGroup = OrderId{7} << 48;

TEST(OrderStore, FindsNothingWhenEmpty) {
  const OrderStore store;
  EXPECT_EQ(store.find(0), nullptr);
  EXPECT_EQ(store.find(kGroup | 1), nullptr);
}

TEST(OrderStore, FindsAnOrderUntilItIsErased) {
  OrderStore store;
  Order& order = store.create(kGroup | 1);
  EXPECT_EQ(store.find(kGroup | 1), &order);
  EXPECT_EQ(store.size(), 1u);
  store.erase(order);
  EXPECT_EQ(store.find(kGroup | 1), nullptr);
  EXPECT_EQ(store.size(), 0u);
}

TEST(OrderStore, TellsIdsOfEqualLowHalvesApart) {
  constexpr OrderId kLater = OrderId{1} << 32;
  OrderStore store;
  Order& first = store.create(5);
  EXPECT_EQ(store.find(kLater | 5), nullptr);
  Order& second = store.create(kLater | 5);
  EXPECT_EQ(store.find(5), &first);
  EXPECT_EQ(store.find(kLater | 5), &second);
  store.erase(first);
  EXPECT_EQ(store.find(5), nullptr);
  EXPECT_EQ(store.find(kLater | 5), &second);
}

TEST(OrderStore, MakesReusedOrdersAnew) {
  OrderStore store;
  Order& order = store.create(1);
  order.remaining = 10;
  order.set_display_quantity(5);
  store.erase(order);
  const Order& again = store.create(2);
  ASSERT_EQ(&again, &order);
  EXPECT_EQ(again.remaining, 0);
  EXPECT_FALSE(again.iceberg);
}

TEST(OrderStore, AgreesWithAnOrderedMapUnderRandomUse) {
  constexpr std::uint64_t kSeed = 20'261'124;
  std::mt19937_64 random(kSeed);
  OrderStore store;
  std::map<OrderId, Order*> expected;
  OrderId last_id = kGroup;
  for (int step = 0; step < 300'000; ++step) {
    const OrderId id = kGroup | (1 + random() % (1 + (last_id & 0xffff'ffff)));
    const auto found = expected.find(id);
    ASSERT_EQ(store.find(id), found == expected.end() ? nullptr : found->second) << step;
    if (found != expected.end() && random() % 8 != 0) {
      store.erase(*found->second);
      expected.erase(found);
    } else {
      ++last_id;
      expected.emplace(last_id, &store.create(last_id));
    }
    ASSERT_EQ(store.size(), expected.size());
  }
  for (const auto& [id, order] : expected)
    ASSERT_EQ(store.find(id), order);
}

TEST(OrderStore, KeepsOrdersWhereTheyAreWhileItGrows) {
  constexpr OrderId kOrders = 100'000;
  OrderStore store;
  std::vector<Order*> orders;
  for (OrderId id = 1; id <= kOrders; ++id)
    orders.push_back(&store.create(id));
  for (OrderId id = 1; id <= kOrders; ++id) {
    ASSERT_EQ(store.find(id), orders[id - 1]);
    ASSERT_EQ(orders[id - 1]->id, id);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(orders[id - 1]) % alignof(Order), 0u);
  }
}

TEST(OrderStore, DoesNotGrowItsIndexWithinWhatWasReserved) {
  constexpr OrderId kOrders = 10'000;  // less than the first commit of orders
  OrderStore store;
  store.reserve(kOrders);
  store.create(1);
  const std::size_t bytes = store.bytes();
  for (OrderId id = 2; id <= kOrders; ++id)
    store.create(id);
  EXPECT_EQ(store.bytes(), bytes);
}

TEST(OrderStore, StaysSmallWhileOrdersComeAndGo) {
  OrderStore store;
  const std::size_t bytes = [&] {
    store.erase(store.create(1));
    return store.bytes();
  }();
  for (OrderId id = 2; id < 1'000'000; ++id)
    store.erase(store.create(id));
  EXPECT_EQ(store.bytes(), bytes);
}

}  // namespace
}  // namespace outcry
