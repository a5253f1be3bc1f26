#include "engine/version.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace outcry {
namespace {

TEST(Version, HasThreeParts) {
  EXPECT_EQ(std::ranges::count(version(), '.'), 2);
}

}  // namespace
}  // namespace outcry
