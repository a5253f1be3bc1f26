// Inputs that mean something, from which fuzzing begins. Deterministic.
#pragma once

#include <cstddef>
#include <vector>

namespace outcry::fuzz {

using Seeds = std::vector<std::vector<std::byte>>;

Seeds journal_seeds();
Seeds snapshot_seeds();
Seeds command_seeds();

}  // namespace outcry::fuzz
