// The values that commands, events and results are made of. All are trivially copyable, hold no
// pointer, and mean the same as the messages of the same name in engine.proto; enumerators have the
// numbers that the contract gives them.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

namespace outcry {

using AccountId = std::uint64_t;  // 0 is the house
using OrderId = std::uint64_t;    // upper 16 bits: engine group; ascending
using TradeId = std::uint64_t;    // upper 16 bits: engine group; ascending
using Sequence = std::uint64_t;   // of events: +1 steps from 1; 0 is before the first
using Price = std::int64_t;       // in 10^-price_scale
using Quantity = std::int64_t;    // in 10^-quantity_scale
using Cash = std::int64_t;        // in 10^-cash_scale of a currency
using Timestamp = std::int64_t;   // UTC nanoseconds since the epoch

// Index of an instrument, in the order in which instruments were defined, from 0.
using InstrumentIndex = std::uint32_t;
inline constexpr InstrumentIndex kNoInstrument = ~InstrumentIndex{0};

enum class Side : std::uint8_t { kBuy = 1, kSell = 2 };

constexpr Side opposite(Side side) {
  return side == Side::kBuy ? Side::kSell : Side::kBuy;
}

enum class OrderType : std::uint8_t {
  kLimit = 1,
  kMarket = 2,
  kStop = 3,
  kStopLimit = 4,
  kTrailingStop = 5
};

enum class TimeInForce : std::uint8_t { kGtc = 0, kDay = 1, kGtd = 2, kIoc = 3, kFok = 4 };

enum class SelfTradePrevention : std::uint8_t {
  kCancelNewest = 0,
  kCancelOldest = 1,
  kCancelBoth = 2,
  kDecrement = 3
};

enum class OrderStatus : std::uint8_t {
  kNew = 1,
  kPendingTrigger = 2,
  kPartiallyFilled = 3,
  kFilled = 4,
  kCanceled = 5,
  kExpired = 6,
  kRejected = 7
};

enum class RejectCode : std::uint8_t {
  kNone = 0,
  kUnknownSymbol = 1,
  kMarketHalted = 2,
  kUnknownAccount = 3,
  kAccountSuspended = 4,
  kDuplicateClientOrderId = 5,
  kInvalidQuantity = 6,
  kInvalidPrice = 7,
  kInvalidStopPrice = 8,
  kInvalidOrder = 9,
  kPriceOutOfBand = 10,
  kNotionalLimit = 11,
  kInsufficientFunds = 12,
  kPositionLimit = 13,
  kPostOnlyWouldTake = 14,
  kOverflow = 15,
  kUnknownOrder = 16,
  kInvalidCommand = 17,
  kResourceExhausted = 18,
  kUnavailable = 19
};

enum class CancelReason : std::uint8_t {
  kNone = 0,
  kUser = 1,
  kAdmin = 2,
  kReplaced = 3,
  kNoLiquidity = 4,
  kIocRemainder = 5,
  kFokNotFillable = 6,
  kSelfTrade = 7,
  kPriceBand = 8,
  kInsufficientFunds = 9,
  kPositionLimit = 10,
  kAccountSuspended = 11
};

enum class InstrumentStatus : std::uint8_t { kOpen = 1, kHalted = 2 };

enum class Liquidity : std::uint8_t { kMaker = 1, kTaker = 2 };

// Text of at most N bytes, zero-padded, so that equal texts have equal bytes.
template <std::size_t N>
class FixedText {
 public:
  constexpr FixedText() = default;

  // Precondition: text.size() <= N (callers check what comes from outside).
  constexpr explicit FixedText(std::string_view text) {
    std::copy_n(text.data(), std::min(text.size(), N), bytes_.begin());
  }

  constexpr std::string_view view() const {
    return {bytes_.data(), static_cast<std::size_t>(std::find(bytes_.begin(), bytes_.end(), '\0') -
                                                    bytes_.begin())};
  }
  constexpr bool empty() const { return bytes_[0] == '\0'; }
  static constexpr std::size_t capacity() { return N; }
  constexpr const std::array<char, N>& bytes() const { return bytes_; }

  friend constexpr auto operator<=>(const FixedText&, const FixedText&) = default;

 private:
  std::array<char, N> bytes_{};
};

using Symbol = FixedText<16>;         // A-Z 0-9 . _ -
using Currency = FixedText<8>;        // A-Z 0-9
using ClientOrderId = FixedText<36>;  // A-Z a-z 0-9 _ -; empty: none
using Reference = FixedText<36>;      // like ClientOrderId

}  // namespace outcry
