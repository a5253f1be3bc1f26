// An order as others see it.
#pragma once

#include "engine/state.h"
#include "outcry/result.h"

namespace outcry {

OrderState state_of(const State& state, const Order& order);
// Of an order that has a record, open or closed.
OrderState state_of_recorded(const State& state, Handle record);
// Of an open order that is about to close.
OrderState state_as_left(const State& state, const Order& order, OrderStatus status,
                         CancelReason reason);

inline Quantity filled_quantity(const Order& order) {
  return order.data.quantity - order.remaining;
}

}  // namespace outcry
