// Room that commands work in, kept from one to the next so that none allocates. Holds nothing that
// outlives a command but what Engine::canceled() tells.
//
// Single thread.
#pragma once

#include <vector>

#include "book/order.h"
#include "outcry/result.h"

namespace outcry {

// What a resting order shows, and what is behind it.
struct Slice {
  const Order* order;
  Quantity displayed;
  Quantity hidden;
};

struct Workspace {
  std::vector<OrderState> canceled;  // by the last command, a CancelAll
  std::vector<Order*> orders;
  std::vector<Slice> slices;
};

}  // namespace outcry
