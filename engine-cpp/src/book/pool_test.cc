#include "book/pool.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <vector>

namespace outcry {
namespace {

struct alignas(32) Value {
  explicit Value(int initial) : number(initial) {}

  std::uint64_t unused = 0;
  int number;
};

TEST(Pool, GivesDistinctAlignedObjects) {
  Pool<Value> pool;
  std::set<const Value*> values;
  for (int i = 0; i < 100'000; ++i) {
    const Value& value = pool.create(i);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(&value) % alignof(Value), 0u);
    ASSERT_TRUE(values.insert(&value).second);
  }
}

TEST(Pool, KeepsObjectsWhereTheyAre) {
  Pool<Value> pool;
  std::vector<const Value*> values;
  for (int i = 0; i < 50'000; ++i)
    values.push_back(&pool.create(i));
  for (int i = 0; i < 50'000; ++i)
    ASSERT_EQ(values[static_cast<std::size_t>(i)]->number, i);
}

TEST(Pool, ReusesTheLastFreedFirst) {
  Pool<Value> pool;
  Value& first = pool.create(1);
  Value& second = pool.create(2);
  pool.destroy(first);
  pool.destroy(second);
  EXPECT_EQ(&pool.create(3), &second);
  EXPECT_EQ(&pool.create(4), &first);
  EXPECT_EQ(first.number, 4);
}

TEST(Pool, TakesNoMemoryForWhatWasFreed) {
  Pool<Value> pool;
  pool.create(0);
  const std::size_t bytes = pool.bytes();
  for (int i = 0; i < 1'000; ++i)
    pool.destroy(pool.create(i));
  EXPECT_EQ(pool.bytes(), bytes);
}

}  // namespace
}  // namespace outcry
