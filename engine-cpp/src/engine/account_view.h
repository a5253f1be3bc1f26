#pragma once

#include "engine/state.h"
#include "outcry/result.h"

namespace outcry {

// An account as others see it: all its cash, and the positions that are not empty.
AccountState account_state_of(const State& state, AccountSlot account);

}  // namespace outcry
