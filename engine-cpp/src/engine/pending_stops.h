// The stop orders of one instrument that wait for their price, and the order in which they trigger.
//
// Single thread.
#pragma once

#include <memory_resource>
#include <vector>

#include "engine/stop_side.h"

namespace outcry {

class PendingStops {
 public:
  explicit PendingStops(std::pmr::memory_resource& memory)
      : sides_{StopSide(Side::kBuy, memory), StopSide(Side::kSell, memory)} {}

  StopSide& side(Side side) { return sides_[static_cast<std::size_t>(side) - 1]; }
  const StopSide& side(Side side) const { return sides_[static_cast<std::size_t>(side) - 1]; }

  bool empty() const { return sides_[0].empty() && sides_[1].empty(); }

  // To be told of every trade: trailing stops follow it.
  void on_trade(Price price) {
    for (StopSide& side : sides_)
      side.on_trade(price);
  }

  // Of the orders that trigger at that last price the one accepted first; null: none does. It still
  // waits. To be called again until it returns null, each order that it returned removed before.
  Order* next_triggered(Price last);

 private:
  StopSide sides_[2];
  // A heap by order id of what triggered at some last price since the first of these calls.
  std::vector<StopSide::Ready> ready_;
};

}  // namespace outcry
