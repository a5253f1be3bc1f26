#include "engine/execution.h"

#include <algorithm>

#include "engine/order_view.h"
#include "engine/transitions.h"

namespace outcry {

Outcome Execution::run(const Command& command) {
  work_.canceled.clear();
  state_.watched.order_id = 0;
  const std::size_t before = events_.size();
  const Outcome outcome =
      std::visit([this](const auto& one) -> Outcome { return run_one(one); }, command);
  if (events_.size() != before) end_command(state_, now_);
  return outcome;
}

Outcome Execution::run_one(const PlaceOrder& command) {
  const PlaceCheck check = check_place(state_, command, now_, Slices::kAny);
  if (check.repeated != kNoHandle) {
    OrderResult result;
    result.duplicate = true;
    describe_recorded(state_, check.repeated, result.order);
    return result;
  }
  if (check.code != RejectCode::kNone) {
    note_rejection(state_, check.account);
    emit(OrderRejected{check.code});
    return Rejection{check.code};
  }
  const OrderAccepted accepted{state_.last_order_id + 1, check.instrument};
  Order& order = accept_order(state_, command, accepted, check.account, check.position, now_);
  emit(accepted);
  watch(order);
  if (!order.data.pending) {
    activate(state_, order);
    match(order);
  }
  run_triggers(state_.instruments[check.instrument]);
  return watched_result();
}

Outcome Execution::run_one(const CancelOrder& command) {
  Order* order = find_open(command.account_id, command.order_id);
  if (order == nullptr) {
    note_rejection(state_, state_.accounts.find(command.account_id));
    emit(CancelRejected{command.order_id, command.account_id, RejectCode::kUnknownOrder});
    return Rejection{RejectCode::kUnknownOrder};
  }
  watch(*order);
  cancel(*order, command.by_admin ? CancelReason::kAdmin : CancelReason::kUser);
  return watched_result();
}

Outcome Execution::run_one(const CancelAll& command) {
  InstrumentIndex instrument = kNoInstrument;
  if (!command.symbol.empty()) {
    instrument = state_.instruments.find(command.symbol);
    if (instrument == kNoInstrument) return Rejection{RejectCode::kUnknownSymbol};
  }
  const AccountSlot account = state_.accounts.find(command.account_id);
  if (account == kNoAccount) return Rejection{RejectCode::kUnknownAccount};
  cancel_all(account, instrument, command.by_admin ? CancelReason::kAdmin : CancelReason::kUser);
  return Done{};
}

Outcome Execution::run_one(const CloseSession&) {
  work_.orders.clear();
  for (AccountSlot slot = 0; slot < state_.accounts.size(); ++slot) {
    for (Order* order : state_.accounts[slot].open_orders) {
      if (order->data.time_in_force == TimeInForce::kDay) work_.orders.push_back(order);
    }
  }
  std::ranges::sort(work_.orders, {}, &Order::id);
  for (Order* order : work_.orders)
    expire(*order);
  close_session(state_);
  emit(SessionClosed{});
  return Done{};
}

Outcome Execution::run_one(const Tick&) {
  while (state_.expiries.due(now_))
    expire(*state_.orders.find(state_.expiries.first()));
  return Done{};
}

void Execution::cancel(Order& order, CancelReason reason) {
  cancel_part(order, order.remaining, reason);
}

void Execution::cancel_part(Order& order, Quantity quantity, CancelReason reason) {
  OrderCanceled event;
  event.order_id = order.id;
  event.account_id = state_.accounts[order.account].id;
  event.canceled_quantity = quantity;
  event.remaining = order.remaining - quantity;
  event.instrument = state_.accounts.position(order).instrument;
  event.reason = reason;
  cancel_order(state_, order, event, now_);
  emit(event);
}

void Execution::cancel_all(AccountSlot account, InstrumentIndex instrument, CancelReason reason) {
  work_.orders.clear();
  for (Order* order : state_.accounts[account].open_orders) {
    if (instrument == kNoInstrument || state_.accounts.position(*order).instrument == instrument)
      work_.orders.push_back(order);
  }
  std::ranges::sort(work_.orders, {}, &Order::id);
  for (Order* order : work_.orders) {
    watch(*order);
    cancel(*order, reason);
    describe_watched(work_.canceled.emplace_back());
  }
}

void Execution::expire(Order& order) {
  OrderExpired event;
  event.order_id = order.id;
  event.account_id = state_.accounts[order.account].id;
  event.canceled_quantity = order.remaining;
  event.instrument = state_.accounts.position(order).instrument;
  expire_order(state_, order, now_);
  emit(event);
}

Order* Execution::find_open(AccountId account_id, OrderId order_id) const {
  Order* order = state_.orders.find(order_id);
  if (order == nullptr || state_.accounts[order->account].id != account_id) return nullptr;
  return order;
}

void Execution::watch(const Order& order) {
  state_.watched.order_id = order.id;
  state_.watched.closed = false;
}

void Execution::describe_watched(OrderState& view) const {
  if (state_.watched.closed) {
    view = state_.watched.state;
  } else {
    describe(state_, *state_.orders.find(state_.watched.order_id), view);
  }
}

Outcome Execution::watched_result() const {
  Outcome outcome(std::in_place_type<OrderResult>);
  describe_watched(std::get<OrderResult>(outcome).order);
  return outcome;
}

}  // namespace outcry
