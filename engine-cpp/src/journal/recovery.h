// Reading a journal, checking every byte on the way.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "journal/damage.h"
#include "journal/disk.h"
#include "journal/entry.h"
#include "journal/segment.h"
#include "journal/writer.h"

namespace outcry {

// Called for each entry in order, with the sequence of its first event.
using EntryVisitor = std::function<void(Sequence first_sequence, const Entry& entry)>;

struct JournalScan {
  JournalTail tail;
  std::uint64_t entries = 0;  // visited
  std::uint64_t events = 0;   // in them
  std::uint64_t bytes = 0;    // of their frames
  // Bytes from the tail to the last that is not zero, of a frame that a crash cut short.
  std::uint64_t torn_bytes = 0;
  // The last segment is new and the one before it has no end frame yet, or a torn one.
  bool end_frame_due = false;
  JournalTail end_frame_at;
};

struct ScanOptions {
  // Where a snapshot was taken, which the journal must pass through: entries before are not
  // visited, and of segments before only the headers are read. Sequence 0: there is none.
  JournalTail after{};
  // Called at the end of each frame of entries, visited or not.
  std::function<void(const JournalTail& position)> at_frame_end{};
  // Ends with that segment, which must not be the last; 0: reads all.
  std::uint64_t last_segment = 0;
};

// Reads only. Throws MissingJournal, JournalDamage, DiskError.
JournalScan scan_journal(Disk& disk, const JournalIdentity& identity, const EntryVisitor& visit,
                         const ScanOptions& options = {});

// Makes the journal such that a writer can go on at scan.tail and that what was read may be shown:
// cuts a torn frame, writes an end frame that is due, and syncs what a killed process may have left
// in the system's memory alone.
void repair_journal(Disk& disk, const JournalScan& scan);

}  // namespace outcry
