// Exact arithmetic of cash. Only a fee rounds, and nothing wraps.
#pragma once

#include <optional>

#include "outcry/types.h"

namespace outcry {

// Wide enough for sums and differences of 64-bit amounts.
__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

inline constexpr Cash kMillion = 1'000'000;

// 10^exponent. Precondition: exponent <= 18.
constexpr Cash power_of_ten(unsigned exponent) {
  Cash power = 1;
  for (; exponent > 0; --exponent)
    power *= 10;
  return power;
}

// In cash units; none when that does not fit. `factor` is a unit of price times quantity in cash
// units. Precondition: none of them is negative.
constexpr std::optional<Cash> notional_of(Price price, Quantity quantity, Cash factor) {
  Cash product = 0;
  if (__builtin_mul_overflow(price, quantity, &product)) return std::nullopt;
  if (__builtin_mul_overflow(product, factor, &product)) return std::nullopt;
  return product;
}

// A fee is rounded up to the next cash unit, a rebate (below 0) toward zero. Preconditions:
// notional >= 0, |ppm| <= 10^6; so the result is never larger than the notional.
constexpr Cash fee_of(Cash notional, std::int32_t ppm) {
  if (ppm == 0) return 0;
  const Cash rate = ppm < 0 ? -Cash{ppm} : Cash{ppm};
  // In two parts, so that no product leaves 64 bits.
  const Cash whole = notional / kMillion * rate;
  const Cash part = notional % kMillion * rate;
  if (ppm < 0) return -(whole + part / kMillion);
  return whole + (part + kMillion - 1) / kMillion;
}

}  // namespace outcry
