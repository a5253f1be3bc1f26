#include "engine/references.h"

#include <gtest/gtest.h>

namespace outcry {
namespace {

TEST(References, AreFoundByAccountAndText) {
  References references(0);
  const AdjustmentRecord record{100, 1, 0, Adjusted::kCash, Reference("r")};
  references.add(record);
  EXPECT_EQ(*references.find(1, Reference("r")), record);
  EXPECT_EQ(references.find(2, Reference("r")), nullptr);
  EXPECT_EQ(references.find(1, Reference("s")), nullptr);
}

}  // namespace
}  // namespace outcry
