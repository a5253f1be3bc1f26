#include "risk/money.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace outcry {
namespace {

constexpr Cash kMost = std::numeric_limits<Cash>::max();

TEST(Money, NotionalIsExact) {
  EXPECT_EQ(notional_of(12'345, 67, 1), 827'115);
  EXPECT_EQ(notional_of(12'345, 67, 100), 82'711'500);
  EXPECT_EQ(notional_of(kMost, 1, 1), kMost);
}

TEST(Money, NotionalThatDoesNotFitIsNone) {
  EXPECT_EQ(notional_of(kMost, 2, 1), std::nullopt);
  EXPECT_EQ(notional_of(kMost / 10 + 1, 1, 10), std::nullopt);
  EXPECT_EQ(notional_of(kMost, kMost, power_of_ten(18)), std::nullopt);
}

TEST(Money, FeeIsRoundedUp) {
  EXPECT_EQ(fee_of(1'000'000, 250), 250);
  EXPECT_EQ(fee_of(1'000'001, 250), 251);
  EXPECT_EQ(fee_of(1, 1), 1);
  EXPECT_EQ(fee_of(0, 250), 0);
  EXPECT_EQ(fee_of(123'456, 0), 0);
}

TEST(Money, RebateIsRoundedTowardZero) {
  EXPECT_EQ(fee_of(1'000'000, -250), -250);
  EXPECT_EQ(fee_of(1'003'999, -250), -250);
  EXPECT_EQ(fee_of(1'004'000, -250), -251);
  EXPECT_EQ(fee_of(1, -1), 0);
}

TEST(Money, FeeOfAnyNotionalIsThatOfWideArithmetic) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 100'000; ++i) {
    const Cash notional = static_cast<Cash>(random() >> (1 + random() % 62));
    const auto ppm = static_cast<std::int32_t>(random() % 1'000'001);
    const Wide product = Wide{notional} * ppm;
    EXPECT_EQ(fee_of(notional, ppm), static_cast<Cash>((product + 999'999) / 1'000'000));
    EXPECT_EQ(fee_of(notional, -ppm), -static_cast<Cash>(product / 1'000'000));
  }
  EXPECT_EQ(fee_of(kMost, 1'000'000), kMost);
}

}  // namespace
}  // namespace outcry
