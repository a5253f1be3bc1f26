#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "journal/recovery.h"
#include "journal/snapshot_file.h"

namespace outcry {

// An engine as it was left, and where its journal goes on.
struct RecoveredEngine {
  Engine engine;
  JournalScan scan;       // of the journal behind the snapshot; it is not repaired yet
  JournalTail position;   // right behind the last frame
  Sequence snapshot = 0;  // the one that it began with; 0: none
  std::vector<std::string> passed_over;  // why newer snapshots were not good
};

// The newest good snapshot, and all that the journal has behind it. Reads only, and its beginning
// may be removed meanwhile. Throws MissingJournal, JournalDamage, DiskError.
RecoveredEngine recover_engine(Disk& disk, const EngineSettings& settings);

// A state that was loaded from a snapshot, or an empty one when there is no good snapshot.
struct LoadedEngine {
  Engine engine;
  JournalTail position;  // sequence 0: of an empty one
  std::vector<std::string> passed_over;
};
// Throws JournalDamage when the journal's beginning was removed and no good snapshot reaches what
// is left, DiskError, SnapshotAbandoned.
LoadedEngine load_newest_snapshot(Disk& disk, const EngineSettings& settings,
                                  const std::stop_token& stop = {});

// The state in a snapshot that check_snapshot() found good.
Engine load_snapshot(Disk& disk, Sequence sequence, const EngineSettings& settings,
                     const std::stop_token& stop = {});

JournalIdentity identity_of(const EngineSettings& settings);

}  // namespace outcry
