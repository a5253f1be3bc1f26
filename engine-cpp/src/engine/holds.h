// What an open order holds of its account.
#pragma once

#include <algorithm>
#include <optional>

#include "engine/instruments.h"
#include "risk/money.h"

namespace outcry {

// Of cash, for a limit buy: the notional and the highest fee it can be charged. None when that does
// not fit in 64 bits.
//
// The fee is rounded once (design 6.1), that of each trade by itself (design 3): an order that
// fills in n trades may cost up to n - 1 cash units more than it held, and take its account's cash
// that far below what its credit allows. So be it: a unit is a fraction of the smallest price, the
// account buys nothing more until it is made up for, and no sum is wrong. To hold a unit for every
// lot would refuse orders that can be paid for, and to charge less than the rounded fee would make
// a trade's fee depend on the trades before it.
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
