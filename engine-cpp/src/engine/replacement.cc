#include "engine/replacement.h"

#include "engine/order_view.h"

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
  terms.display_quantity = order.display_quantity;
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

Replacement plan_replacement(const State& state, const Order& order, const ReplaceOrder& command,
                             Slices slices) {
  Replacement plan;
  const InstrumentTerms& limits = state.instrument(order).state.terms;
  if (limits.status != InstrumentStatus::kOpen) {
    plan.code = RejectCode::kMarketHalted;
  } else if (gives_nothing(command)) {
    plan.code = RejectCode::kInvalidOrder;
  } else if (command.quantity != 0) {
    plan.code = check_quantity(limits, command.quantity);
    plan.ends = plan.code == RejectCode::kNone && command.quantity <= filled_quantity(order);
  }
  if (plan.code != RejectCode::kNone || plan.ends) return plan;
  plan.terms = changed_terms(state, order, command);
  const bool price_changes = plan.terms.price != order.price;
  const bool other_terms = command.stop_price != 0 || command.trail_amount != 0;
  plan.keeps_priority = !order.data.pending && !price_changes && !other_terms &&
                        plan.terms.quantity < order.data.quantity;
  if (!plan.keeps_priority)
    plan.code = check_replace(state, order, plan.terms, price_changes, slices);
  return plan;
}

}  // namespace outcry
