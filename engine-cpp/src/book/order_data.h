// What the engine keeps with each open order. The book carries it and never looks at it.
#pragma once

#include "outcry/types.h"

namespace outcry {

struct OrderData {
  Cash held = 0;             // of the account's cash, for this order
  Quantity quantity = 0;     // in all, filled or not
  Cash filled_notional = 0;  // of all its trades
  Cash fees = 0;             // of all its trades
  Timestamp expires_at = 0;
  std::uint32_t record = 0;  // where the engine keeps the order's other terms
};

}  // namespace outcry
