// An open order, in two cache lines: what matching touches, then what only its owner reads.
#pragma once

#include <cstdint>

#include "book/order_data.h"
#include "outcry/types.h"

namespace outcry {

// The engine's number of an account, dense from 0.
using AccountSlot = std::uint32_t;
inline constexpr AccountSlot kNoAccount = ~AccountSlot{0};

// Neighbours in a ring: the orders of a level in priority order, closed by the level itself.
struct Links {
  Links* next = nullptr;
  Links* prev = nullptr;
};

struct Level;

struct alignas(64) Order : Links {
  explicit Order(OrderId order_id) : id(order_id) {}

  // Set by whoever creates the order, before it rests.
  OrderId id;
  Price price = 0;
  Quantity remaining = 0;  // not filled yet, hidden part included

  // The book's own.
  Quantity hidden = 0;     // part of `remaining` that is not shown
  Level* level = nullptr;  // null while the order does not rest

  AccountSlot account = kNoAccount;
  Side side = Side::kBuy;
  bool iceberg = false;  // see set_display_quantity

  // Second line.
  Quantity display_quantity = 0;
  OrderData data;

  // The slice that an iceberg shows at a time; 0 shows all. Precondition: the order does not rest.
  void set_display_quantity(Quantity slice) {
    display_quantity = slice;
    iceberg = slice != 0;
  }

  Quantity displayed() const { return remaining - hidden; }
  bool rests() const { return level != nullptr; }
};

static_assert(sizeof(Order) == 128);

}  // namespace outcry
