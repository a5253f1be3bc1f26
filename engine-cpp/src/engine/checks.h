// What an order must satisfy before it is accepted, replaced or triggered. Changes nothing.
#pragma once

#include <cstdint>
#include <limits>

#include "engine/state.h"
#include "outcry/command.h"
#include "outcry/types.h"

namespace outcry {

// Each slice of an iceberg is a trade, and one command may take all of them.
inline constexpr Quantity kMostSlices = 10'000;

// Whether the number of an order's slices is looked at. It is of commands that are to be given
// their place. Those that have one are executed as they were: earlier releases accepted such
// orders, and verification executes their journals again.
enum class Slices : std::uint8_t { kAny, kLimited };

// Of its total quantity, whatever was filled.
bool makes_too_many_slices(const PlaceOrder& order);

struct PlaceCheck {
  RejectCode code = RejectCode::kNone;
  AccountSlot account = kNoAccount;            // when known
  InstrumentIndex instrument = kNoInstrument;  // when known
  PositionIndex position = kNoHandle;          // the account's in it, when there is one
  Handle repeated = kNoHandle;  // the first order's record, when this order is its repetition
};

// All checks of a new order, in their order; the first failure is the answer. A repetition is told
// before any of them: it executes nothing, whatever the market and the account are by now.
PlaceCheck check_place(const State& state, const PlaceOrder& order, Timestamp now, Slices slices);

// The checks of an order's new terms that remain when it is known that they would neither cancel
// nor merely reduce it: `terms` are the order's as they would be (those that cannot change are not
// looked at), `price_changes` tells whether the price is among the new ones.
RejectCode check_replace(const State& state, const Order& order, const PlaceOrder& terms,
                         bool price_changes, Slices slices);

// Positive, a multiple of the lot, not above the maximum.
RejectCode check_quantity(const InstrumentTerms& terms, Quantity quantity);

// What an order would take of its account's means.
struct Demand {
  AccountSlot account = kNoAccount;
  PositionIndex position = kNoHandle;  // the account's in the instrument; kNoHandle: none
  Side side = Side::kBuy;
  OrderType type = OrderType::kLimit;
  Price price = 0;
  Quantity quantity = 0;
  const Order* holding = nullptr;  // an order that would give back what it holds
};

RejectCode check_funds(const State& state, const Instrument& instrument, const Demand& demand);
// Whether what it would hold, and the book with it, stays within 64 bits.
bool fits(const Instrument& instrument, const Demand& demand);

// The prices that a market order may trade at when it arrives now.
struct PriceRange {
  Price low = 0;
  Price high = 0;

  static PriceRange every() { return {0, std::numeric_limits<Price>::max()}; }
  bool contains(Price price) const { return low <= price && price <= high; }
};

PriceRange band_of(const Instrument& instrument);

}  // namespace outcry
