#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>

#include "engine/engine_settings.h"
#include "journal/recovery.h"

namespace outcry {

// The journal's commands, executed again, do not give the journal's events.
class Mismatch : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Verification {
  JournalScan scan;
  std::size_t snapshots = 0;   // that were compared
  std::uint64_t executed = 0;  // entries
  Sequence begun_with = 0;     // the snapshot behind which they were; 0: the journal's beginning
  std::uint64_t state_hash = 0;
};

// Reads the whole journal and its snapshots, changing nothing: every byte as recovery does, then
// executes every command anew and compares the events, at each snapshot the state with it, and at
// the end the state with one that was built from the events alone; the state's invariants,
// conservation among them, must hold. An engine may run meanwhile; a snapshot that it replaces
// before it was reached is left out; when the journal's beginning is removed, it begins anew. A
// journal whose beginning was removed is executed from its first snapshot on. Throws Mismatch, and
// what scan_journal() throws.
Verification verify_journal(Disk& disk, const EngineSettings& settings);

}  // namespace outcry
