// What a replace of an order would come to. Changes nothing.
#pragma once

#include "engine/checks.h"
#include "engine/state.h"
#include "outcry/command.h"
#include "outcry/types.h"

namespace outcry {

struct Replacement {
  RejectCode code = RejectCode::kNone;
  bool ends = false;            // the order: its total is not above what was filled
  bool keeps_priority = false;  // a smaller total, and nothing else
  PlaceOrder terms;  // those of the order's that are checked, with those that are new; if it stays
};

Replacement plan_replacement(const State& state, const Order& order, const ReplaceOrder& command,
                             Slices slices);

}  // namespace outcry
