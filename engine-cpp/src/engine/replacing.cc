#include "engine/execution.h"
#include "engine/order_view.h"
#include "engine/transitions.h"

namespace outcry {
namespace {

bool gives_nothing(const ReplaceOrder& command) {
  return command.price == 0 && command.quantity == 0 && command.stop_price == 0 &&
         command.trail_amount == 0;
}

// Those of the order's terms that are checked, with those of the command that are given.
PlaceOrder changed_terms(const State& state, const Order& order, const ReplaceOrder& command) {
  PlaceOrder terms;
  terms.side = order.side;
  terms.post_only = order.data.post_only;
  terms.price = order.price;
  terms.quantity = order.data.quantity;
  // A stop that triggered is what it became, and has no stop price any more that could change.
  if (order.data.pending) {
    const StopTerms stop = stop_terms_of(state, order);
    terms.type = order.data.type;
    terms.trail_amount = stop.trail_amount;
    // Of a trailing stop it follows from the trail.
    if (terms.type != OrderType::kTrailingStop) terms.stop_price = stop.stop_price;
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
      return watched_result();
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
  return watched_result();
}

void Execution::replace(Order& order, const PlaceOrder& terms, bool keeps_priority) {
  watch(order);
  Instrument& instrument = state_.instrument(order);
  OrderReplaced event;
  event.order_id = order.id;
  event.account_id = state_.accounts[order.account].id;
  event.price = terms.price;
  event.quantity = terms.quantity;
  event.stop_price = terms.stop_price;
  event.trail_amount = terms.trail_amount;
  event.instrument = instrument.index;
  event.kept_priority = keeps_priority;
  replace_order(state_, order, event, now_);
  const StopTerms stop = stop_terms_of(state_, order);
  event.stop_price = stop.stop_price;
  event.trail_amount = stop.trail_amount;
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
