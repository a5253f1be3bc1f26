// One journal entry: a command as it was received, the engine's time, and the events it caused.
//
//   offset  size  field
//        0     4  length of the entry in bytes, these fields included
//        4     4  number of events
//        8     8  time, nanoseconds since the epoch
//       16     1  tag of the command, then its fields
//        …     1  tag of an event, then its fields; and so on
//
// A tag is the type's position in Command or Event, plus one, so that no tag is zero. Fields:
// fields.h. Sequence numbers are not stored: the frame knows its first, each event takes the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "outcry/command.h"
#include "outcry/event.h"

namespace outcry {

struct Entry {
  Timestamp time = 0;
  Command command;
  std::vector<Event> events;
};

// Room that encode_entry() needs at most.
std::size_t max_entry_bytes(std::size_t event_count);

// Writes at `at`, where max_entry_bytes() are free, and returns the end.
std::byte* encode_entry(std::byte* at, const Command& command, Timestamp time,
                        std::span<const Event> events);

// Reads the entry that `bytes` begin with, which may be anything, into `entry` (whose vector is
// used again). Returns its length, or 0 when the bytes are no entry.
std::size_t decode_entry(std::span<const std::byte> bytes, Entry& entry);

}  // namespace outcry
