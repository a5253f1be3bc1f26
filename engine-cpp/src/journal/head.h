// Where the journal begins, once older segments were archived or removed: a file of its own, so
// that a segment that is missing for any other reason is noticed.
//
//   offset  size  the file `head`
//        0     8  magic OUTCRYH1
//        8     2  format, as in the segments
//       10     2  engine group
//       12     4  0
//       16     8  number of the first segment that is kept
//       24     8  sequence of the last event before it
//       32     8  hash of the last frame before it
//       40    20  0
//       60     4  CRC-32C of bytes 0-59
#pragma once

#include <exception>

#include "journal/disk.h"
#include "journal/frame.h"
#include "journal/segment.h"

namespace outcry {

inline constexpr const char* kHeadName = "head";

// The first segment that must be there, and what it continues. Segment 1, which continues nothing,
// when nothing was ever removed. Throws JournalDamage, DiskError.
ChainPosition read_head(Disk& disk, const JournalIdentity& identity);

// Calls `read`, which reads the journal from its head on, and calls it again when it failed because
// the journal's beginning was removed meanwhile.
template <class Read>
auto read_from_head(Disk& disk, const JournalIdentity& identity, Read read) {
  while (true) {
    const ChainPosition head = read_head(disk, identity);
    try {
      return read();
    } catch (const std::exception&) {
      if (read_head(disk, identity).segment == head.segment) throw;
    }
  }
}

// On stable storage when it returns; no segment before it is needed from then on.
void write_head(Disk& disk, const JournalIdentity& identity, const ChainPosition& head);

}  // namespace outcry
