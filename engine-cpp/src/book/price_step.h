// Prices as numbers of steps. The step is what all prices of a book are multiples of: its tick, or
// a divisor of it.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

#include "outcry/types.h"

namespace outcry {

class PriceStep {
 public:
  // Precondition: size > 0.
  explicit PriceStep(Price size)
      : size_(size),
        shift_(std::countr_zero(static_cast<std::uint64_t>(size))),
        most_(static_cast<std::uint64_t>(std::numeric_limits<Price>::max() / size)),
        inverse_(inverse(static_cast<std::uint64_t>(size) >> shift_)) {}

  Price size() const { return size_; }
  Price price(std::int64_t steps) const { return steps * size_; }

  // Whether the price is a multiple of the step. Precondition: price >= 0. Modulo 2^64 the inverse
  // takes each number to another one, and only multiples to one that is a count of steps.
  bool divides(Price price) const {
    const auto bits = static_cast<std::uint64_t>(price);
    return bits >> shift_ << shift_ == bits && static_cast<std::uint64_t>(count(price)) <= most_;
  }

  // Precondition: price >= 0, a multiple of the step. Such a division is exact, so it is a shift
  // and a product with the odd part's inverse modulo 2^64.
  std::int64_t count(Price price) const {
    return static_cast<std::int64_t>((static_cast<std::uint64_t>(price) >> shift_) * inverse_);
  }

 private:
  static constexpr std::uint64_t inverse(std::uint64_t odd) {
    std::uint64_t x = odd;  // right in its lowest 3 bits; each round doubles them
    for (int bits = 3; bits < 64; bits *= 2)
      x *= 2 - odd * x;
    return x;
  }

  Price size_;
  int shift_;
  std::uint64_t most_;  // steps up to the highest price
  std::uint64_t inverse_;
};

}  // namespace outcry
