#include "book/price_step.h"

#include <gtest/gtest.h>

#include <limits>

namespace outcry {
namespace {

constexpr Price kHighest = std::numeric_limits<Price>::max();

class PriceStepTest : public testing::TestWithParam<Price> {};

TEST_P(PriceStepTest, CountsTheStepsOfEveryMultiple) {
  const PriceStep step(GetParam());
  const std::int64_t last = kHighest / GetParam();
  for (const std::int64_t count : {std::int64_t{0}, std::int64_t{1}, last / 3, last - 1, last}) {
    if (count < 0 || count > last) continue;
    EXPECT_EQ(step.count(count * GetParam()), count);
    EXPECT_EQ(step.price(count), count * GetParam());
  }
}

TEST_P(PriceStepTest, DividesMultiplesOnly) {
  const PriceStep step(GetParam());
  const Price last = kHighest / GetParam() * GetParam();
  for (const Price multiple : {Price{0}, GetParam(), last}) {
    EXPECT_TRUE(step.divides(multiple));
    if (multiple > 0) {
      EXPECT_EQ(step.divides(multiple - 1), GetParam() == 1);
    }
    if (multiple < kHighest) {
      EXPECT_EQ(step.divides(multiple + 1), GetParam() == 1);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Steps, PriceStepTest,
                         testing::Values(1, 2, 3, 5, 10, 25, 64, 100, 12'500, 1'000'000'007,
                                         Price{1} << 62, kHighest));

}  // namespace
}  // namespace outcry
