// A trade whose consequences do not fit in 64 bits cannot be booked. The order whose account or
// sums it is about ends instead, as one that cannot pay or take what it would get.
#pragma once

#include "engine/state.h"
#include "outcry/event.h"

namespace outcry {

struct Misfit {
  Order* order = nullptr;  // null: everything fits
  CancelReason reason = CancelReason::kNone;
};

Misfit misfit_of(const State& state, Order& maker, Order& taker, const Traded& event);

}  // namespace outcry
