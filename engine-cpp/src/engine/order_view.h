// An order as others see it.
#pragma once

#include "engine/state.h"
#include "outcry/result.h"

namespace outcry {

// Written in place, since it is the largest part of an answer.
void describe(const State& state, const Order& order, OrderState& view);
// Of an open order that is about to close.
void describe_as_left(const State& state, const Order& order, OrderStatus status,
                      CancelReason reason, OrderState& view);
// Of an order that has a record, open or closed.
void describe_recorded(const State& state, Handle record, OrderState& view);

// Of an order that has or had them, as they stand; both 0 for any other.
struct StopTerms {
  Price stop_price = 0;
  Price trail_amount = 0;
};
StopTerms stop_terms_of(const State& state, const Order& order);

inline Quantity filled_quantity(const Order& order) {
  return order.data.quantity - order.remaining;
}

}  // namespace outcry
