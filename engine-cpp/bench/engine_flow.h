// The common flow as commands of an engine: an instrument, the accounts, and then the flow's
// orders.
#pragma once

#include <cstdint>
#include <vector>

#include "flow.h"
#include "outcry/command.h"

namespace outcry::bench {

// What must be done once before the flow.
std::vector<Command> engine_setup(const Flow& flow);

// The flow, for an engine that has accepted so many orders before. At its end every order is
// canceled, so that it can be run again.
std::vector<Command> engine_flow(const Flow& flow, std::uint64_t orders_before);

// How many orders the flow has accepted.
std::uint64_t orders_in(const Flow& flow);

}  // namespace outcry::bench
