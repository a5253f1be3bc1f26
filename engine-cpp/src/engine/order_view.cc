#include "engine/order_view.h"

namespace outcry {
namespace {

OrderStatus open_status(const Order& order) {
  if (order.data.pending) return OrderStatus::kPendingTrigger;
  return filled_quantity(order) == 0 ? OrderStatus::kNew : OrderStatus::kPartiallyFilled;
}

void describe_terms(const State& state, const Order& order, PlaceOrder& terms) {
  terms.account_id = state.accounts[order.account].id;
  terms.symbol = state.instrument(order).state.terms.symbol;
  terms.side = order.side;
  terms.type = order.data.type;
  terms.time_in_force = order.data.time_in_force;
  terms.self_trade_prevention = order.data.self_trade_prevention;
  terms.post_only = order.data.post_only;
  terms.quantity = order.data.quantity;
  terms.price = order.price;
  if (order.data.record == kNoHandle) return;
  const OrderRecord& record = state.records[order.data.record];
  terms.client_order_id = record.client_order_id;
  const SpecialTerms* special = state.records.special(record);
  if (special == nullptr) return;
  terms.display_quantity = special->display_quantity;
  terms.expires_at = special->expires_at;
  const StopTerms stop = stop_terms_of(state, order);
  terms.stop_price = stop.stop_price;
  terms.trail_amount = stop.trail_amount;
}

}  // namespace

StopTerms stop_terms_of(const State& state, const Order& order) {
  if (order.data.record == kNoHandle) return {};
  const SpecialTerms* special = state.records.special(state.records[order.data.record]);
  if (special == nullptr) return {};
  StopTerms stop{special->stop_price, special->trail_amount};
  if (order.data.pending && order.data.type == OrderType::kTrailingStop) {
    const StopSide& side = state.instrument(order).stops.side(order.side);
    stop.stop_price = side.trailing_stop_price(order, stop.trail_amount);
  }
  return stop;
}

void describe(const State& state, const Order& order, OrderState& view) {
  describe_as_left(state, order, open_status(order), CancelReason::kNone, view);
}

void describe_as_left(const State& state, const Order& order, OrderStatus status,
                      CancelReason reason, OrderState& view) {
  view = OrderState{};
  view.order_id = order.id;
  describe_terms(state, order, view.terms);
  view.status = status;
  view.cancel_reason = reason;
  view.filled_quantity = filled_quantity(order);
  view.filled_notional = order.data.filled_notional;
  view.fees = order.data.fees;
  view.created_at = order.data.created_at;
  view.updated_at = order.data.updated_at;
}

void describe_recorded(const State& state, Handle handle, OrderState& view) {
  const OrderRecord& record = state.records[handle];
  if (record.open) {
    describe(state, *state.orders.find(record.order_id), view);
    return;
  }
  view = OrderState{};
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
  if (const SpecialTerms* special = state.records.special(record)) {
    view.terms.stop_price = special->stop_price;
    view.terms.trail_amount = special->trail_amount;
    view.terms.display_quantity = special->display_quantity;
    view.terms.expires_at = special->expires_at;
  }
  view.status = record.status;
  view.cancel_reason = record.cancel_reason;
  view.filled_quantity = record.filled_quantity;
  view.filled_notional = record.filled_notional;
  view.fees = record.fees;
  view.created_at = record.created_at;
  view.updated_at = record.updated_at;
}

}  // namespace outcry
