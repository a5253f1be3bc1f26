// The layout of every command and event in the journal: its fields in their order on disk, once for
// writer and reader alike. README.md has the same as a table. Old journals must stay readable: a
// change here is a new format version.
#pragma once

#include <concepts>
#include <type_traits>

#include "journal/wire.h"
#include "outcry/command.h"
#include "outcry/event.h"

namespace outcry {

template <auto First, auto Last>
struct Range {
  static constexpr auto kFirst = First;
  static constexpr auto kLast = Last;
};

template <>
struct EnumRange<Side> : Range<Side::kBuy, Side::kSell> {};
template <>
struct EnumRange<OrderType> : Range<OrderType::kLimit, OrderType::kTrailingStop> {};
template <>
struct EnumRange<TimeInForce> : Range<TimeInForce::kGtc, TimeInForce::kFok> {};
template <>
struct EnumRange<SelfTradePrevention>
    : Range<SelfTradePrevention::kCancelNewest, SelfTradePrevention::kDecrement> {};
template <>
struct EnumRange<RejectCode> : Range<RejectCode::kNone, RejectCode::kUnavailable> {};
template <>
struct EnumRange<CancelReason> : Range<CancelReason::kNone, CancelReason::kAccountSuspended> {};
template <>
struct EnumRange<InstrumentStatus> : Range<InstrumentStatus::kOpen, InstrumentStatus::kHalted> {};

// T itself to be read into, or const T to be written.
template <class T, class U>
concept MaybeConst = std::same_as<std::remove_const_t<T>, U>;

// ---- Commands ---------------------------------------------------------------------------------

constexpr void fields(auto& io, MaybeConst<PlaceOrder> auto& v) {
  io(v.account_id, v.side, v.type, v.time_in_force, v.self_trade_prevention, v.post_only,
     v.quantity);
  io.sparse(v.price, v.stop_price, v.trail_amount, v.display_quantity, v.expires_at);
  io(v.symbol, v.client_order_id);
}

constexpr void fields(auto& io, MaybeConst<CancelOrder> auto& v) {
  io(v.account_id, v.order_id, v.by_admin);
}

constexpr void fields(auto& io, MaybeConst<ReplaceOrder> auto& v) {
  io(v.account_id, v.order_id);
  io.sparse(v.price, v.quantity, v.stop_price, v.trail_amount);
}

constexpr void fields(auto& io, MaybeConst<CancelAll> auto& v) {
  io(v.account_id, v.by_admin, v.symbol);
}

constexpr void fields(auto& io, MaybeConst<OpenAccount> auto& v) {
  io(v.account_id, v.cash, v.credit_limit, v.short_limit, v.currency);
}

constexpr void fields(auto& io, MaybeConst<AdjustCash> auto& v) {
  io(v.account_id, v.amount, v.currency, v.reference);
}

constexpr void fields(auto& io, MaybeConst<AdjustPosition> auto& v) {
  io(v.account_id, v.quantity, v.symbol, v.reference);
}

constexpr void fields(auto& io, MaybeConst<SetLimits> auto& v) {
  io(v.account_id, v.credit_limit, v.short_limit, v.currency);
}

constexpr void fields(auto& io, MaybeConst<SuspendAccount> auto& v) {
  io(v.account_id);
}

constexpr void fields(auto& io, MaybeConst<ResumeAccount> auto& v) {
  io(v.account_id);
}

constexpr void fields(auto& io, MaybeConst<InstrumentTerms> auto& v) {
  io(v.price_scale, v.quantity_scale, v.cash_scale, v.status, v.tick, v.lot, v.max_quantity,
     v.max_notional, v.reference_price, v.band_ppm, v.maker_fee_ppm, v.taker_fee_ppm, v.symbol,
     v.currency);
}

constexpr void fields(auto& io, MaybeConst<DefineInstrument> auto& v) {
  io(v.only_if_absent);
  fields(io, v.terms);
}

constexpr void fields(auto& io, MaybeConst<SetInstrumentStatus> auto& v) {
  io(v.status, v.symbol);
}

constexpr void fields(auto&, MaybeConst<CloseSession> auto&) {}

constexpr void fields(auto&, MaybeConst<Tick> auto&) {}

// ---- Events -----------------------------------------------------------------------------------

constexpr void fields(auto& io, MaybeConst<OrderAccepted> auto& v) {
  io(v.order_id, v.instrument);
}

constexpr void fields(auto& io, MaybeConst<OrderRejected> auto& v) {
  io(v.code);
}

constexpr void fields(auto& io, MaybeConst<Traded> auto& v) {
  io(v.trade_id, v.maker_order_id, v.taker_order_id, v.maker_account_id, v.taker_account_id,
     v.price, v.quantity, v.notional, v.instrument, v.taker_side);
  io.sparse(v.maker_fee, v.taker_fee, v.maker_remaining, v.taker_remaining);
}

constexpr void fields(auto& io, MaybeConst<OrderReplaced> auto& v) {
  io(v.order_id, v.account_id, v.instrument, v.kept_priority);
  io.sparse(v.price, v.quantity, v.stop_price, v.trail_amount);
}

constexpr void fields(auto& io, MaybeConst<ReplaceRejected> auto& v) {
  io(v.order_id, v.account_id, v.code);
}

constexpr void fields(auto& io, MaybeConst<CancelRejected> auto& v) {
  io(v.order_id, v.account_id, v.code);
}

constexpr void fields(auto& io, MaybeConst<OrderTriggered> auto& v) {
  io(v.order_id, v.account_id, v.stop_price, v.instrument);
}

constexpr void fields(auto& io, MaybeConst<OrderCanceled> auto& v) {
  io(v.order_id, v.account_id, v.canceled_quantity, v.instrument, v.reason);
  io.sparse(v.remaining);
}

constexpr void fields(auto& io, MaybeConst<OrderExpired> auto& v) {
  io(v.order_id, v.account_id, v.canceled_quantity, v.instrument);
}

constexpr void fields(auto& io, MaybeConst<AccountOpened> auto& v) {
  io(v.account_id, v.short_limit);
}

constexpr void fields(auto& io, MaybeConst<CashAdjusted> auto& v) {
  io(v.account_id, v.amount, v.currency, v.reference);
}

constexpr void fields(auto& io, MaybeConst<PositionAdjusted> auto& v) {
  io(v.account_id, v.quantity, v.instrument, v.reference);
}

constexpr void fields(auto& io, MaybeConst<LimitsSet> auto& v) {
  io(v.account_id, v.credit_limit, v.short_limit, v.currency);
}

constexpr void fields(auto& io, MaybeConst<AccountSuspended> auto& v) {
  io(v.account_id);
}

constexpr void fields(auto& io, MaybeConst<AccountResumed> auto& v) {
  io(v.account_id);
}

constexpr void fields(auto& io, MaybeConst<InstrumentDefined> auto& v) {
  io(v.instrument);
}

constexpr void fields(auto& io, MaybeConst<InstrumentStatusChanged> auto& v) {
  io(v.instrument, v.status);
}

constexpr void fields(auto&, MaybeConst<SessionClosed> auto&) {}

}  // namespace outcry
