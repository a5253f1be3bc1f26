#include "engine/replay.h"

#include "engine/transitions.h"
#include "outcry/assert.h"

namespace outcry {

void Replay::apply(const Command& command, std::span<const Event> events) {
  command_ = &command;
  for (const Event& event : events) {
    // A triggered order that fails its checks is canceled without ever having been active; for one
    // that was active and is canceled at once, holding and giving back leaves no trace.
    const auto* canceled = std::get_if<OrderCanceled>(&event);
    if (canceled == nullptr || canceled->order_id != taker_) activate_taker();
    std::visit([this](const auto& one) { apply_one(one); }, event);
  }
  stop_taking();
  if (!events.empty()) end_command(state_, time_);
}

void Replay::apply_one(const OrderAccepted& event) {
  const PlaceOrder& terms = std::get<PlaceOrder>(*command_);
  const AccountSlot account = find_account(terms.account_id);
  Order& order = accept_order(state_, terms, event, account, kNoHandle, time_);
  if (!order.data.pending) start_taking(order);
}

void Replay::apply_one(const OrderRejected&) {
  note_rejection(state_, state_.accounts.find(std::get<PlaceOrder>(*command_).account_id));
}

void Replay::apply_one(const Traded& event) {
  trade(state_, find(event.maker_order_id), find(event.taker_order_id), event, time_);
}

void Replay::apply_one(const OrderReplaced& event) {
  Order& order = find(event.order_id);
  replace_order(state_, order, event, time_);
  if (!event.kept_priority) start_taking(order);
}

void Replay::apply_one(const ReplaceRejected& event) {
  note_rejection(state_, state_.accounts.find(event.account_id));
}

void Replay::apply_one(const CancelRejected& event) {
  note_rejection(state_, state_.accounts.find(event.account_id));
}

void Replay::apply_one(const OrderTriggered& event) {
  stop_taking();
  Order& order = find(event.order_id);
  trigger_order(state_, order, time_);
  start_taking(order);
}

void Replay::apply_one(const OrderCanceled& event) {
  cancel_order(state_, find(event.order_id), event, time_);
  if (event.order_id == taker_ && event.remaining == 0) taker_ = 0;
}

void Replay::apply_one(const OrderExpired& event) {
  expire_order(state_, find(event.order_id), time_);
}

void Replay::apply_one(const AccountOpened& event) {
  open_account(state_, std::get<OpenAccount>(*command_), event);
}

void Replay::apply_one(const CashAdjusted& event) {
  adjust_cash(state_, find_account(event.account_id), event);
}

void Replay::apply_one(const PositionAdjusted& event) {
  adjust_position(state_, find_account(event.account_id), event);
}

void Replay::apply_one(const LimitsSet& event) {
  set_limits(state_, find_account(event.account_id), event);
}

void Replay::apply_one(const AccountSuspended& event) {
  suspend_account(state_, find_account(event.account_id));
}

void Replay::apply_one(const AccountResumed& event) {
  resume_account(state_, find_account(event.account_id));
}

void Replay::apply_one(const InstrumentDefined& event) {
  define_instrument(state_, std::get<DefineInstrument>(*command_).terms, event);
}

void Replay::apply_one(const InstrumentStatusChanged& event) {
  set_instrument_status(state_, event);
}

void Replay::apply_one(const SessionClosed&) {
  close_session(state_);
}

void Replay::start_taking(Order& order) {
  taker_ = order.id;
  taker_is_active_ = false;
}

void Replay::activate_taker() {
  if (taker_ == 0 || taker_is_active_) return;
  activate(state_, find(taker_));
  taker_is_active_ = true;
}

void Replay::stop_taking() {
  Order* order = taker_ == 0 ? nullptr : state_.orders.find(taker_);
  taker_ = 0;
  if (order == nullptr) return;
  if (!taker_is_active_) activate(state_, *order);
  rest(state_, *order);
}

Order& Replay::find(OrderId order_id) {
  Order* order = state_.orders.find(order_id);
  OUTCRY_ASSERT(order != nullptr);
  return *order;
}

AccountSlot Replay::find_account(AccountId account_id) {
  const AccountSlot account = state_.accounts.find(account_id);
  OUTCRY_ASSERT(account != kNoAccount);
  return account;
}

}  // namespace outcry
