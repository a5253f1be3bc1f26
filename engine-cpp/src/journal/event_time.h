#pragma once

#include <optional>

#include "journal/disk.h"
#include "outcry/types.h"

namespace outcry {

// The engine's time of a durable event while the journal is being written, read back from its
// files; nothing: they no longer hold it. Throws JournalDamage, DiskError.
std::optional<Timestamp> read_event_time(Disk& disk, Sequence sequence);

}  // namespace outcry
