// What an open order holds of its account.
#pragma once

#include <algorithm>
#include <optional>

#include "engine/instruments.h"
#include "risk/money.h"

namespace outcry {

// Of cash, for a limit buy: the notional and the highest fee it can be charged. None when that does
// not fit in 64 bits.
inline std::optional<Cash> cash_hold(const Instrument& instrument, Price price, Quantity quantity) {
  const std::optional<Cash> notional = notional_of(price, quantity, instrument.cash_factor);
  if (!notional) return std::nullopt;
  const InstrumentTerms& terms = instrument.state.terms;
  // Never negative, since the rates' sum never is.
  const Cash fee = fee_of(*notional, std::max(terms.maker_fee_ppm, terms.taker_fee_ppm));
  Cash hold = 0;
  if (__builtin_add_overflow(*notional, fee, &hold)) return std::nullopt;
  return hold;
}

// Whether the order, once it is active, holds cash: a limit buy. Other buys pay as they go; a sell
// holds its quantity of the position.
inline bool holds_cash(Side side, OrderType type) {
  return side == Side::kBuy && (type == OrderType::kLimit || type == OrderType::kStopLimit);
}

}  // namespace outcry
