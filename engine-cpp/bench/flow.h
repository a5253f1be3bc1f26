// The common order flow: a deterministic stream of commands on one symbol, for comparing matching
// engines on the same work. Mostly re-pricing, then new orders, cancels and takers; about one
// command in ten trades. Prices are ticks, quantities lots; ids ascend from 1.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <vector>

#include "outcry/types.h"

namespace outcry::bench {

struct FlowCommand {
  enum class Kind : std::uint8_t { kNew, kCancel, kMove };

  OrderId id = 0;
  Price price = 0;        // new, move
  Quantity quantity = 0;  // new
  std::uint32_t account = 0;
  Kind kind = Kind::kNew;
  Side side = Side::kBuy;                         // new
  TimeInForce time_in_force = TimeInForce::kGtc;  // new: kGtc or kIoc
};

// What a correct book has done at the end of a flow.
struct FlowOutcome {
  std::uint64_t trades = 0;
  Quantity traded = 0;
  std::uint64_t bids = 0;
  Quantity bid_quantity = 0;
  std::uint64_t asks = 0;
  Quantity ask_quantity = 0;
  Price best_bid = 0;
  Price best_ask = 0;

  friend bool operator==(const FlowOutcome&, const FlowOutcome&) = default;
};

std::ostream& operator<<(std::ostream& out, const FlowOutcome& outcome);

struct FlowSize {
  std::uint64_t commands = 3'000'000;
  std::uint64_t resting = 1'000;  // orders that the book is filled with, and about holds
  std::uint64_t seed = 42;

  friend bool operator==(const FlowSize&, const FlowSize&) = default;
};

struct Flow {
  std::vector<FlowCommand> commands;
  FlowOutcome outcome;  // by the generator's own plain book
};

Flow generate_flow(const FlowSize& size);

// One command a line: N id account side price quantity tif | C id account | M id account price.
void write_flow(const std::vector<FlowCommand>& commands, std::ostream& out);

}  // namespace outcry::bench
