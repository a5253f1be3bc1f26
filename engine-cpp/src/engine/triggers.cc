#include "engine/execution.h"
#include "engine/transitions.h"

namespace outcry {
namespace {

CancelReason reason_for(Side side) {
  return side == Side::kBuy ? CancelReason::kInsufficientFunds : CancelReason::kPositionLimit;
}

}  // namespace

void Execution::run_triggers(Instrument& instrument) {
  if (instrument.stops.empty() || instrument.state.last_price == 0) return;
  while (Order* order = instrument.stops.next_triggered(instrument.state.last_price))
    trigger(*order);
}

void Execution::trigger(Order& order) {
  const Instrument& instrument = state_.instrument(order);
  trigger_order(state_, order, now_);
  OrderTriggered event;
  event.order_id = order.id;
  event.account_id = state_.accounts[order.account].id;
  event.stop_price = state_.records.special(state_.records[order.data.record])->stop_price;
  event.instrument = instrument.index;
  emit(event);
  const Demand demand{order.account,   order.data.position, order.side,
                      order.data.type, order.price,         order.remaining};
  if (!fits(instrument, demand) || check_funds(state_, instrument, demand) != RejectCode::kNone) {
    cancel(order, reason_for(order.side));
    return;
  }
  activate(state_, order);
  match(order);
}

}  // namespace outcry
