#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "journal/disk.h"
#include "journal/writer.h"
#include "outcry/types.h"

namespace outcry {

struct TakenSnapshot {
  Sequence sequence = 0;                 // 0: there was nothing newer than the one before
  std::uint64_t bytes = 0;               // of the state
  std::uint64_t events = 0;              // applied to the snapshot before it
  std::vector<std::string> passed_over;  // why snapshots before it were not good
};

// Writes a snapshot of the state after the last frame up to `durable_sequence`, and removes all but
// it and the one before. It is made of files alone, the newest good snapshot and the journal behind
// it, so that the running engine has no part in it. Leaves `reserve_bytes` of the disk free, or
// fails with ENOSPC and leaves all as it was. Throws JournalDamage, DiskError, SnapshotAbandoned.
TakenSnapshot take_snapshot(Disk& disk, const EngineSettings& settings, Sequence durable_sequence,
                            std::uint64_t reserve_bytes = 0, const std::stop_token& stop = {});

// Writes a snapshot of that engine, whose state is the one at `position`, and removes all but it
// and the snapshot `previous`. Otherwise as take_snapshot(). For an engine that does not run yet.
TakenSnapshot save_snapshot(Disk& disk, const EngineSettings& settings, const Engine& engine,
                            const JournalTail& position, Sequence previous,
                            std::uint64_t reserve_bytes = 0, const std::stop_token& stop = {});

}  // namespace outcry
