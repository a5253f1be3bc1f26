#include "engine/handle_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace outcry {
namespace {

TEST(HandleTable, FindsWhatIsThereAndNothingElse) {
  HandleTable table;
  table.insert(5, 0);
  table.insert(5, 1);
  EXPECT_EQ(table.find(5, [](Handle handle) { return handle == 1; }), 1u);
  EXPECT_EQ(table.find(5, [](Handle) { return false; }), kNoHandle);
  EXPECT_EQ(table.find(6, [](Handle) { return true; }), kNoHandle);
  table.erase(5, 0);
  EXPECT_EQ(table.find(5, [](Handle) { return true; }), 1u);
}

TEST(HandleTable, BehavesLikeAMapThroughManyChanges) {
  constexpr std::uint64_t kKeys = 2'000;
  std::mt19937_64 random(11);
  HandleTable table;
  std::map<std::uint64_t, Handle> expected;
  std::vector<std::uint64_t> key_of;
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t key = random() % kKeys;
    // A narrow hash, so that runs are long and wrap around.
    const std::uint32_t hash = hash_of(key) & 0xff0000ffu;
    const Handle found = table.find(hash, [&](Handle handle) { return key_of[handle] == key; });
    const auto it = expected.find(key);
    ASSERT_EQ(found, it == expected.end() ? kNoHandle : it->second);
    if (it == expected.end()) {
      const auto handle = static_cast<Handle>(key_of.size());
      key_of.push_back(key);
      table.insert(hash, handle);
      expected[key] = handle;
    } else {
      table.erase(hash, it->second);
      expected.erase(it);
    }
    ASSERT_EQ(table.size(), expected.size());
  }
}

}  // namespace
}  // namespace outcry
