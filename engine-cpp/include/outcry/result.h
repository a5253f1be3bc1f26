// What a client is told of its command, and the reads that the engine answers. A result leaves the
// engine only when the entry of its command, and of every command before it, is on disk.
#pragma once

#include <type_traits>
#include <variant>
#include <vector>

#include "outcry/command.h"
#include "outcry/types.h"

namespace outcry {

// An order as it stands.
struct OrderState {
  OrderId order_id = 0;
  PlaceOrder terms;  // as accepted, or as last replaced
  OrderStatus status = OrderStatus::kNew;
  CancelReason cancel_reason = CancelReason::kNone;
  Quantity filled_quantity = 0;
  Cash filled_notional = 0;
  Cash fees = 0;
  Timestamp created_at = 0;
  Timestamp updated_at = 0;
};

// Nothing was changed.
struct Rejection {
  RejectCode code = RejectCode::kNone;
};

// The order that the command placed, replaced or canceled. Its fills are the Traded events of the
// entry.
struct OrderResult {
  OrderState order;
  bool duplicate =
      false;  // the client order id was used before; `order` is the first order as it stands
};

// The command was done and has nothing more to say than its events.
struct Done {};

using Outcome = std::variant<Done, Rejection, OrderResult>;

static_assert(std::is_trivially_copyable_v<Outcome>, "outcomes travel through buffers by memcpy");

struct CashState {
  Currency currency;
  Cash cash = 0;
  Cash held = 0;
  Cash credit_limit = 0;
};

struct PositionState {
  InstrumentIndex instrument = 0;
  Quantity quantity = 0;
  Quantity held = 0;  // in open sells
};

struct AccountState {
  AccountId account_id = 0;
  bool suspended = false;
  Quantity short_limit = 0;
  Sequence last_sequence = 0;  // the last event that touched the account
  std::vector<CashState> cash;
  std::vector<PositionState> positions;
};

// An order in the book, as its queue has it.
struct RestingOrder {
  OrderId order_id = 0;
  AccountId account_id = 0;
  Price price = 0;
  Quantity displayed = 0;
  Quantity remaining = 0;  // what is hidden included

  friend bool operator==(const RestingOrder&, const RestingOrder&) = default;
};

struct InstrumentState {
  InstrumentTerms terms;
  Price last_price = 0;  // 0: no trade yet
};

}  // namespace outcry
