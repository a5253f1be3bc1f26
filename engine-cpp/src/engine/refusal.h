// What is refused before it is given its place. Changes nothing.
#pragma once

#include "engine/state.h"
#include "outcry/command.h"
#include "outcry/types.h"

namespace outcry {

// INVALID_ORDER when the order would make too many slices, and passes the checks that come before;
// none otherwise.
RejectCode refusal_of(const State& state, const PlaceOrder& command, Timestamp now);
RejectCode refusal_of(const State& state, const ReplaceOrder& command);

}  // namespace outcry
