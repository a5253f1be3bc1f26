#include "book/pointer_map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace outcry {
namespace {

constexpr std::uint64_t kGroup = std::uint64_t{7} << 48;

TEST(PointerMap, FindsNothingWhenEmpty) {
  const PointerMap<int> map;
  EXPECT_EQ(map.find(0), nullptr);
  EXPECT_EQ(map.find(kGroup | 1), nullptr);
}

TEST(PointerMap, TakesTheKeyZero) {
  PointerMap<int> map;
  int value = 0;
  map.insert(0, value);
  EXPECT_EQ(map.find(0), &value);
  map.erase(0);
  EXPECT_EQ(map.find(0), nullptr);
}

TEST(PointerMap, AgreesWithAnOrderedMapUnderRandomUse) {
  std::mt19937_64 random(20'261'124);
  std::vector<int> values(500);
  PointerMap<int> map;
  std::map<std::uint64_t, int*> expected;
  for (int step = 0; step < 200'000; ++step) {
    // Few distinct keys, so that runs form, merge and wrap around the table's end.
    const std::uint64_t key = kGroup | random() % values.size();
    int& value = values[key % values.size()];
    if (expected.contains(key)) {
      map.erase(key);
      expected.erase(key);
    } else {
      map.insert(key, value);
      expected.emplace(key, &value);
    }
    ASSERT_EQ(map.size(), expected.size());
    const std::uint64_t probe = kGroup | random() % values.size();
    const auto found = expected.find(probe);
    ASSERT_EQ(map.find(probe), found == expected.end() ? nullptr : found->second)
        << "step " << step;
  }
  for (const auto& [key, value] : expected)
    ASSERT_EQ(map.find(key), value);
}

TEST(PointerMap, KeepsEveryEntryWhileItGrows) {
  constexpr std::uint64_t kCount = 100'000;
  std::vector<int> values(kCount);
  PointerMap<int> map;
  for (std::uint64_t key = 0; key < kCount; ++key)
    map.insert(kGroup | key, values[key]);
  for (std::uint64_t key = 0; key < kCount; ++key)
    ASSERT_EQ(map.find(kGroup | key), &values[key]);
  EXPECT_EQ(map.size(), kCount);
}

TEST(PointerMap, StaysSmallWhileEntriesComeAndGo) {
  int value = 0;
  PointerMap<int> map;
  const std::size_t bytes = map.bytes();
  for (std::uint64_t key = 1; key < 1'000'000; ++key) {
    map.insert(key, value);
    map.erase(key);
  }
  EXPECT_EQ(map.bytes(), bytes);
  EXPECT_EQ(map.size(), 0u);
}

}  // namespace
}  // namespace outcry
