#include "engine/execution.h"
#include "engine/order_view.h"
#include "engine/replacement.h"
#include "engine/transitions.h"

namespace outcry {

Outcome Execution::run_one(const ReplaceOrder& command) {
  Order* order = find_open(command.account_id, command.order_id);
  if (order == nullptr) return reject_replace(command, RejectCode::kUnknownOrder);
  const Replacement plan = plan_replacement(state_, *order, command, Slices::kAny);
  if (plan.code != RejectCode::kNone) return reject_replace(command, plan.code);
  if (plan.ends) {
    watch(*order);
    cancel(*order, CancelReason::kReplaced);
    return watched_result();
  }
  // A pending stop goes on waiting as the order that was accepted when it was.
  replace(*order, plan.terms, plan.keeps_priority || order->data.pending);
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
