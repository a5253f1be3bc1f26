// What happened. The events of one command are numbered without a gap and stamped with the
// command's time; an Event itself carries neither, they are those of its place in the journal entry
// (first_sequence + index, time).
//
// OrderAccepted, OrderRejected and InstrumentDefined say nothing that their command does not: the
// terms are the command's, so an event has its meaning only together with the command of the same
// entry.
#pragma once

#include <type_traits>
#include <variant>

#include "outcry/types.h"

namespace outcry {

// Terms: those of the PlaceOrder.
struct OrderAccepted {
  OrderId order_id = 0;
  InstrumentIndex instrument = 0;

  friend bool operator==(const OrderAccepted&, const OrderAccepted&) = default;
};

// Terms: those of the PlaceOrder.
struct OrderRejected {
  RejectCode code = RejectCode::kNone;

  friend bool operator==(const OrderRejected&, const OrderRejected&) = default;
};

struct Traded {
  TradeId trade_id = 0;
  OrderId maker_order_id = 0;
  OrderId taker_order_id = 0;
  AccountId maker_account_id = 0;
  AccountId taker_account_id = 0;
  Price price = 0;
  Quantity quantity = 0;
  Cash notional = 0;
  Cash maker_fee = 0;  // below 0: a rebate
  Cash taker_fee = 0;
  Quantity maker_remaining = 0;  // after this trade
  Quantity taker_remaining = 0;
  InstrumentIndex instrument = 0;
  Side taker_side = Side::kBuy;

  friend bool operator==(const Traded&, const Traded&) = default;
};

// The terms as they are now.
struct OrderReplaced {
  OrderId order_id = 0;
  AccountId account_id = 0;
  Price price = 0;
  Quantity quantity = 0;
  Price stop_price = 0;
  Price trail_amount = 0;
  InstrumentIndex instrument = 0;
  bool kept_priority = false;

  friend bool operator==(const OrderReplaced&, const OrderReplaced&) = default;
};

struct ReplaceRejected {
  OrderId order_id = 0;
  AccountId account_id = 0;
  RejectCode code = RejectCode::kNone;

  friend bool operator==(const ReplaceRejected&, const ReplaceRejected&) = default;
};

struct CancelRejected {
  OrderId order_id = 0;
  AccountId account_id = 0;
  RejectCode code = RejectCode::kNone;

  friend bool operator==(const CancelRejected&, const CancelRejected&) = default;
};

struct OrderTriggered {
  OrderId order_id = 0;
  AccountId account_id = 0;
  Price stop_price = 0;  // as it stood when it triggered
  InstrumentIndex instrument = 0;

  friend bool operator==(const OrderTriggered&, const OrderTriggered&) = default;
};

struct OrderCanceled {
  OrderId order_id = 0;
  AccountId account_id = 0;
  Quantity canceled_quantity = 0;
  Quantity remaining = 0;  // above 0 only when DECREMENT reduced the order without ending it
  InstrumentIndex instrument = 0;
  CancelReason reason = CancelReason::kNone;

  friend bool operator==(const OrderCanceled&, const OrderCanceled&) = default;
};

struct OrderExpired {
  OrderId order_id = 0;
  AccountId account_id = 0;
  Quantity canceled_quantity = 0;
  InstrumentIndex instrument = 0;

  friend bool operator==(const OrderExpired&, const OrderExpired&) = default;
};

struct AccountOpened {
  AccountId account_id = 0;
  Quantity short_limit = 0;

  friend bool operator==(const AccountOpened&, const AccountOpened&) = default;
};

struct CashAdjusted {
  AccountId account_id = 0;
  Currency currency;
  Cash amount = 0;
  Reference reference;

  friend bool operator==(const CashAdjusted&, const CashAdjusted&) = default;
};

struct PositionAdjusted {
  AccountId account_id = 0;
  InstrumentIndex instrument = 0;
  Quantity quantity = 0;
  Reference reference;

  friend bool operator==(const PositionAdjusted&, const PositionAdjusted&) = default;
};

struct LimitsSet {
  AccountId account_id = 0;
  Currency currency;
  Cash credit_limit = 0;
  Quantity short_limit = 0;

  friend bool operator==(const LimitsSet&, const LimitsSet&) = default;
};

struct AccountSuspended {
  AccountId account_id = 0;

  friend bool operator==(const AccountSuspended&, const AccountSuspended&) = default;
};

struct AccountResumed {
  AccountId account_id = 0;

  friend bool operator==(const AccountResumed&, const AccountResumed&) = default;
};

// Terms: those of the DefineInstrument. An index that exists already means that its changeable
// terms changed.
struct InstrumentDefined {
  InstrumentIndex instrument = 0;

  friend bool operator==(const InstrumentDefined&, const InstrumentDefined&) = default;
};

struct InstrumentStatusChanged {
  InstrumentIndex instrument = 0;
  InstrumentStatus status = InstrumentStatus::kOpen;

  friend bool operator==(const InstrumentStatusChanged&, const InstrumentStatusChanged&) = default;
};

struct SessionClosed {
  friend bool operator==(const SessionClosed&, const SessionClosed&) = default;
};

using Event =
    std::variant<OrderAccepted, OrderRejected, Traded, OrderReplaced, ReplaceRejected,
                 CancelRejected, OrderTriggered, OrderCanceled, OrderExpired, AccountOpened,
                 CashAdjusted, PositionAdjusted, LimitsSet, AccountSuspended, AccountResumed,
                 InstrumentDefined, InstrumentStatusChanged, SessionClosed>;

static_assert(std::is_trivially_copyable_v<Event>, "events travel through buffers by memcpy");

}  // namespace outcry
