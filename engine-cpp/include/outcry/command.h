// What the engine is asked to do. A command is journaled as it was received; what it caused is in
// its events. Meanings and units are those of the message of the same name in engine.proto.
#pragma once

#include <type_traits>
#include <variant>

#include "outcry/types.h"

namespace outcry {

struct PlaceOrder {
  AccountId account_id = 0;
  Symbol symbol;
  Side side = Side::kBuy;
  OrderType type = OrderType::kLimit;
  TimeInForce time_in_force = TimeInForce::kGtc;
  SelfTradePrevention self_trade_prevention = SelfTradePrevention::kCancelNewest;
  bool post_only = false;
  Quantity quantity = 0;
  Price price = 0;                // 0: none
  Price stop_price = 0;           // 0: none
  Price trail_amount = 0;         // 0: none
  Quantity display_quantity = 0;  // 0: all of it
  Timestamp expires_at = 0;       // GTD only
  ClientOrderId client_order_id;

  friend bool operator==(const PlaceOrder&, const PlaceOrder&) = default;
};

struct CancelOrder {
  AccountId account_id = 0;
  OrderId order_id = 0;
  bool by_admin = false;

  friend bool operator==(const CancelOrder&, const CancelOrder&) = default;
};

// A zero leaves the term as it is.
struct ReplaceOrder {
  AccountId account_id = 0;
  OrderId order_id = 0;
  Price price = 0;
  Quantity quantity = 0;
  Price stop_price = 0;
  Price trail_amount = 0;

  friend bool operator==(const ReplaceOrder&, const ReplaceOrder&) = default;
};

struct CancelAll {
  AccountId account_id = 0;
  Symbol symbol;  // empty: every symbol
  bool by_admin = false;

  friend bool operator==(const CancelAll&, const CancelAll&) = default;
};

struct OpenAccount {
  AccountId account_id = 0;
  Currency currency;
  Cash cash = 0;
  Cash credit_limit = 0;
  Quantity short_limit = 0;

  friend bool operator==(const OpenAccount&, const OpenAccount&) = default;
};

struct AdjustCash {
  AccountId account_id = 0;
  Currency currency;
  Cash amount = 0;
  Reference reference;

  friend bool operator==(const AdjustCash&, const AdjustCash&) = default;
};

struct AdjustPosition {
  AccountId account_id = 0;
  Symbol symbol;
  Quantity quantity = 0;
  Reference reference;

  friend bool operator==(const AdjustPosition&, const AdjustPosition&) = default;
};

struct SetLimits {
  AccountId account_id = 0;
  Currency currency;
  Cash credit_limit = 0;
  Quantity short_limit = 0;

  friend bool operator==(const SetLimits&, const SetLimits&) = default;
};

struct SuspendAccount {
  AccountId account_id = 0;

  friend bool operator==(const SuspendAccount&, const SuspendAccount&) = default;
};

struct ResumeAccount {
  AccountId account_id = 0;

  friend bool operator==(const ResumeAccount&, const ResumeAccount&) = default;
};

struct InstrumentTerms {
  Symbol symbol;
  Currency currency;
  std::uint8_t price_scale = 0;
  std::uint8_t quantity_scale = 0;
  std::uint8_t cash_scale = 0;  // >= price_scale + quantity_scale
  InstrumentStatus status = InstrumentStatus::kOpen;
  Price tick = 1;
  Quantity lot = 1;
  Quantity max_quantity = 0;
  Cash max_notional = 0;      // of one order; 0: none
  Price reference_price = 0;  // before the first trade; 0: none
  std::uint64_t band_ppm = 0;
  std::int32_t maker_fee_ppm = 0;  // below 0: a rebate
  std::int32_t taker_fee_ppm = 0;

  friend bool operator==(const InstrumentTerms&, const InstrumentTerms&) = default;
};

struct DefineInstrument {
  InstrumentTerms terms;
  bool only_if_absent = false;

  friend bool operator==(const DefineInstrument&, const DefineInstrument&) = default;
};

struct SetInstrumentStatus {
  Symbol symbol;
  InstrumentStatus status = InstrumentStatus::kOpen;

  friend bool operator==(const SetInstrumentStatus&, const SetInstrumentStatus&) = default;
};

struct CloseSession {
  friend bool operator==(const CloseSession&, const CloseSession&) = default;
};

// Given by the sequencer itself when an order's expiry is due.
struct Tick {
  friend bool operator==(const Tick&, const Tick&) = default;
};

using Command = std::variant<PlaceOrder, CancelOrder, ReplaceOrder, CancelAll, OpenAccount,
                             AdjustCash, AdjustPosition, SetLimits, SuspendAccount, ResumeAccount,
                             DefineInstrument, SetInstrumentStatus, CloseSession, Tick>;

static_assert(std::is_trivially_copyable_v<Command>, "commands travel through rings by memcpy");

}  // namespace outcry
