// What fuzzing throws bytes at: every decoder that reads what it did not write itself, or cannot be
// sure that it did. Bytes may be anything; each function returns, or aborts on a broken promise.
#pragma once

#include <cstddef>
#include <span>

namespace outcry::fuzz {

using Bytes = std::span<const std::byte>;

// Entries, frames and segments of the journal.
void fuzz_journal(Bytes bytes);
// The engine's state as it is in a snapshot, and a snapshot's file.
void fuzz_snapshot(Bytes bytes);
// A CommandBatch from the wire, decoded, executed, journaled.
void fuzz_command(Bytes bytes);

}  // namespace outcry::fuzz
