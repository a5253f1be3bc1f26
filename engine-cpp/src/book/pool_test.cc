#include "book/pool.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <vector>

#include "book/order.h"

namespace outcry {
namespace {

TEST(Pool, GivesDistinctAlignedObjects) {
  Pool<Order> pool;
  std::set<const Order*> orders;
  for (OrderId id = 1; id <= 100'000; ++id) {
    const Order& order = pool.create(id);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(&order) % alignof(Order), 0u);
    ASSERT_TRUE(orders.insert(&order).second);
  }
}

TEST(Pool, KeepsObjectsWhereTheyAre) {
  Pool<Order> pool;
  std::vector<const Order*> orders;
  for (OrderId id = 1; id <= 50'000; ++id)
    orders.push_back(&pool.create(id));
  for (OrderId id = 1; id <= 50'000; ++id)
    ASSERT_EQ(orders[id - 1]->id, id);
}

TEST(Pool, ReusesTheLastFreedFirst) {
  Pool<Order> pool;
  Order& first = pool.create(OrderId{1});
  Order& second = pool.create(OrderId{2});
  pool.destroy(first);
  pool.destroy(second);
  EXPECT_EQ(&pool.create(OrderId{3}), &second);
  EXPECT_EQ(&pool.create(OrderId{4}), &first);
}

TEST(Pool, MakesReusedObjectsAnew) {
  Pool<Order> pool;
  Order& order = pool.create(OrderId{1});
  order.remaining = 10;
  order.set_display_quantity(5);
  pool.destroy(order);
  const Order& again = pool.create(OrderId{2});
  ASSERT_EQ(&again, &order);
  EXPECT_EQ(again.remaining, 0);
  EXPECT_FALSE(again.iceberg);
}

TEST(Pool, TakesNoMemoryForWhatWasFreed) {
  Pool<Order> pool;
  for (OrderId id = 1; id <= 1'000; ++id)
    pool.destroy(pool.create(id));
  EXPECT_EQ(pool.bytes(), 4'096u);
}

}  // namespace
}  // namespace outcry
