#include "engine/order_view.h"

namespace outcry {
namespace {

OrderStatus open_status(const Order& order) {
  if (order.data.pending) return OrderStatus::kPendingTrigger;
  return filled_quantity(order) == 0 ? OrderStatus::kNew : OrderStatus::kPartiallyFilled;
}

void add_special_terms(PlaceOrder& terms, const SpecialTerms& special) {
  terms.stop_price = special.stop_price;
  terms.trail_amount = special.trail_amount;
  terms.display_quantity = special.display_quantity;
  terms.expires_at = special.expires_at;
}

PlaceOrder terms_of(const State& state, const Order& order) {
  const Instrument& instrument = state.instrument(order);
  PlaceOrder terms;
  terms.account_id = state.accounts[order.account].id;
  terms.symbol = instrument.state.terms.symbol;
  terms.side = order.side;
  terms.type = order.data.type;
  terms.time_in_force = order.data.time_in_force;
  terms.self_trade_prevention = order.data.self_trade_prevention;
  terms.post_only = order.data.post_only;
  terms.quantity = order.data.quantity;
  terms.price = order.price;
  if (order.data.record == kNoHandle) return terms;
  const OrderRecord& record = state.records[order.data.record];
  terms.client_order_id = record.client_order_id;
  if (const SpecialTerms* special = state.records.special(record)) {
    add_special_terms(terms, *special);
    if (order.data.pending && order.data.type == OrderType::kTrailingStop) {
      terms.stop_price =
          instrument.stops.side(order.side).trailing_stop_price(order, special->trail_amount);
    }
  }
  return terms;
}

}  // namespace

OrderState state_of(const State& state, const Order& order) {
  return state_as_left(state, order, open_status(order), CancelReason::kNone);
}

OrderState state_as_left(const State& state, const Order& order, OrderStatus status,
                         CancelReason reason) {
  OrderState view;
  view.order_id = order.id;
  view.terms = terms_of(state, order);
  view.status = status;
  view.cancel_reason = reason;
  view.filled_quantity = filled_quantity(order);
  view.filled_notional = order.data.filled_notional;
  view.fees = order.data.fees;
  view.created_at = order.data.created_at;
  view.updated_at = order.data.updated_at;
  return view;
}

OrderState state_of_recorded(const State& state, Handle handle) {
  const OrderRecord& record = state.records[handle];
  if (record.open) return state_of(state, *state.orders.find(record.order_id));
  OrderState view;
  view.order_id = record.order_id;
  view.terms.account_id = state.accounts[record.account].id;
  view.terms.symbol = state.instruments[record.instrument].state.terms.symbol;
  view.terms.side = record.side;
  view.terms.type = record.type;
  view.terms.time_in_force = record.time_in_force;
  view.terms.self_trade_prevention = record.self_trade_prevention;
  view.terms.post_only = record.post_only;
  view.terms.quantity = record.quantity;
  view.terms.price = record.price;
  view.terms.client_order_id = record.client_order_id;
  if (const SpecialTerms* special = state.records.special(record))
    add_special_terms(view.terms, *special);
  view.status = record.status;
  view.cancel_reason = record.cancel_reason;
  view.filled_quantity = record.filled_quantity;
  view.filled_notional = record.filled_notional;
  view.fees = record.fees;
  view.created_at = record.created_at;
  view.updated_at = record.updated_at;
  return view;
}

}  // namespace outcry
