#pragma once

#include <vector>

#include "engine/checks.h"
#include "engine/state.h"
#include "engine/workspace.h"

namespace outcry {

// Whether a fill-or-kill order would trade in full now, at prices up to its limit and in the range:
// follows the book trade by trade, slice by slice, as matching would, and changes nothing. Trades
// that come near what 64 bits hold count as impossible.
bool can_fill(const State& state, const Order& taker, Price limit, const PriceRange& range,
              std::vector<Slice>& slices);

}  // namespace outcry
