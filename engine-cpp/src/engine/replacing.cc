#include "engine/execution.h"
#include "engine/order_view.h"
#include "engine/transitions.h"

namespace outcry {
namespace {

bool gives_nothing(const ReplaceOrder& command) {
  return command.price == 0 && command.quantity == 0 && command.stop_price == 0 &&
         command.trail_amount == 0;
}

// The order's terms with those of the command that are given.
PlaceOrder changed_terms(const State& state, const Order& order, const ReplaceOrder& command) {
  PlaceOrder terms = state_of(state, order).terms;
  if (!order.data.pending) {
    // A stop that triggered is what it became; it has a stop price no more that could change.
    if (terms.type == OrderType::kStopLimit) terms.type = OrderType::kLimit;
    terms.stop_price = 0;
    terms.trail_amount = 0;
  } else if (terms.type == OrderType::kTrailingStop) {
    // Follows from the trail.
    terms.stop_price = 0;
  }
  if (command.price != 0) terms.price = command.price;
  if (command.quantity != 0) terms.quantity = command.quantity;
  if (command.stop_price != 0) terms.stop_price = command.stop_price;
  if (command.trail_amount != 0) terms.trail_amount = command.trail_amount;
  return terms;
}

}  // namespace

Outcome Execution::run_one(const ReplaceOrder& command) {
  Order* order = find_open(command.account_id, command.order_id);
  if (order == nullptr) return reject_replace(command, RejectCode::kUnknownOrder);
  Instrument& instrument = state_.instrument(*order);
  if (instrument.state.terms.status != InstrumentStatus::kOpen)
    return reject_replace(command, RejectCode::kMarketHalted);
  if (gives_nothing(command)) return reject_replace(command, RejectCode::kInvalidOrder);
  if (command.quantity != 0) {
    const RejectCode code = check_quantity(instrument.state.terms, command.quantity);
    if (code != RejectCode::kNone) return reject_replace(command, code);
    if (command.quantity <= filled_quantity(*order)) {
      watch(*order);
      cancel(*order, CancelReason::kReplaced);
      return OrderResult{watched_order(), false};
    }
  }
  const PlaceOrder terms = changed_terms(state_, *order, command);
  const bool price_changes = terms.price != order->price;
  const bool other_terms = command.stop_price != 0 || command.trail_amount != 0;
  const bool keeps_priority = !order->data.pending && !price_changes && !other_terms &&
                              terms.quantity < order->data.quantity;
  if (!keeps_priority) {
    const RejectCode code = check_replace(state_, *order, terms, price_changes);
    if (code != RejectCode::kNone) return reject_replace(command, code);
  }
  // A pending stop goes on waiting as the order that was accepted when it was.
  replace(*order, terms, keeps_priority || order->data.pending);
  return OrderResult{watched_order(), false};
}

void Execution::replace(Order& order, const PlaceOrder& terms, bool keeps_priority) {
  watch(order);
  Instrument& instrument = state_.instrument(order);
  OrderReplaced event;
  event.order_id = order.id;
  event.account_id = terms.account_id;
  event.price = terms.price;
  event.quantity = terms.quantity;
  event.stop_price = terms.stop_price;
  event.trail_amount = terms.trail_amount;
  event.instrument = instrument.index;
  event.kept_priority = keeps_priority;
  replace_order(state_, order, event, now_);
  if (order.data.record != kNoHandle) {
    const PlaceOrder changed = state_of(state_, order).terms;
    event.stop_price = changed.stop_price;
    event.trail_amount = changed.trail_amount;
  }
  emit(event);
  if (!keeps_priority) {
    activate(state_, order);
    match(order);
  }
  run_triggers(instrument);
}

Outcome Execution::reject_replace(const ReplaceOrder& command, RejectCode code) {
  note_rejection(state_, state_.accounts.find(command.account_id));
  emit(ReplaceRejected{command.order_id, command.account_id, code});
  return Rejection{code};
}

}  // namespace outcry
