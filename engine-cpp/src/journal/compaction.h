#pragma once

#include <cstdint>
#include <stdexcept>

#include "journal/disk.h"
#include "journal/segment.h"
#include "outcry/types.h"

namespace outcry {

struct Compaction {
  std::uint64_t removed = 0;        // segments
  std::uint64_t first_segment = 1;  // that is kept
  Sequence first_sequence = 1;      // in it
};

// Removes the segments that are needed neither to recover from the older of the two kept snapshots
// nor by the slowest consumer, who has seen `consumer_sequence`. Each is read in full first, and
// copied into `archive` unless that is null. Both snapshots must be good. May be done while an
// engine runs, by one process at a time, and anew when it was interrupted. Throws CannotCompact,
// ConsumerAhead, JournalDamage, DiskError.
Compaction compact_journal(Disk& disk, const JournalIdentity& identity, Sequence consumer_sequence,
                           Disk* archive);

// There are no two good snapshots.
class CannotCompact : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The consumer is said to have seen what the journal does not hold yet.
class ConsumerAhead : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace outcry
