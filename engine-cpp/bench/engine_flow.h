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

// The flow again and again, command by command, every order canceled in between. For an engine that
// has executed engine_setup() and nothing else. Single thread.
class EndlessFlow {
 public:
  explicit EndlessFlow(const Flow& flow);

  Command next();

 private:
  const Flow& flow_;
  const std::uint64_t orders_;  // in one pass
  const AccountId accounts_;
  std::uint64_t orders_before_ = 0;
  std::size_t at_ = 0;
};

}  // namespace outcry::bench
