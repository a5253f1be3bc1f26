#pragma once

#include <cstddef>

namespace outcry::test {

// Calls for memory so far, by operator new and aligned_alloc, of a binary that links this.
// Thread-safe.
std::size_t allocations();

}  // namespace outcry::test
