// What the engine keeps with each open order. The book carries it and never looks at it.
#pragma once

#include "outcry/types.h"

namespace outcry {

struct OrderData {
  Quantity quantity = 0;     // in all, filled or not
  Cash filled_notional = 0;  // of all its trades
  Cash fees = 0;             // of all its trades
  Timestamp created_at = 0;
  Timestamp updated_at = 0;

  std::uint32_t position = 0;    // the account's in the order's instrument
  std::uint32_t record = 0;      // what few orders have: client order id, rarer terms
  std::uint32_t open_index = 0;  // among the account's open orders

  OrderType type = OrderType::kLimit;
  TimeInForce time_in_force = TimeInForce::kGtc;
  SelfTradePrevention self_trade_prevention = SelfTradePrevention::kCancelNewest;
  bool post_only : 1 = false;
  bool pending : 1 = false;  // a stop that waits for its price
  bool holds : 1 = false;    // its account's cash or position is held for what remains of it
};

}  // namespace outcry
