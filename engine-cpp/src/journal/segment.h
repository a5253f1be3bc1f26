// Segments: the journal's files, numbered from 1 without a gap. A segment begins with a header that
// was on stable storage before the file got its name; frames follow. It ends with a frame of kind
// kEndOfSegment, written when the next segment exists and before anything is written there, so that
// a journal whose last segment was lost is told from one that ended.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "journal/disk.h"
#include "journal/frame.h"
#include "outcry/types.h"

namespace outcry {

// What a journal was written with, and must be read with.
struct JournalIdentity {
  std::uint16_t engine_group = 0;
  Timestamp client_order_id_window = 0;

  friend bool operator==(const JournalIdentity&, const JournalIdentity&) = default;
};

struct JournalSettings {
  JournalIdentity identity;
  std::uint64_t segment_bytes = std::uint64_t{64} << 20;
  // A larger one is not written: its length has 32 bits in the header.
  std::uint64_t largest_frame = std::numeric_limits<std::uint32_t>::max();
};

struct SegmentHeader {
  std::uint64_t magic;
  std::uint16_t format;
  std::uint16_t engine_group;
  std::uint32_t reserved;
  Timestamp client_order_id_window;
  std::uint64_t segment;
  Sequence first_sequence;      // of the first event in it
  std::uint64_t previous_hash;  // of the last frame before it
  std::uint64_t file_bytes;     // of the whole file, which never changes
  std::uint32_t reserved_too;
  std::uint32_t header_crc;  // CRC-32C of all the fields above
};
static_assert(sizeof(SegmentHeader) == kFrameAlignment);

// The header of the segment `position.segment` that goes on after position.sequence.
SegmentHeader make_segment_header(const JournalIdentity& identity, const ChainPosition& position,
                                  std::uint64_t file_bytes);

// Why the bytes are no header of that segment of the journal; empty: they are.
std::string check_segment_header(std::span<const std::byte> bytes, const JournalIdentity& identity,
                                 std::uint64_t segment);

// Whether it is good as far as can be told without knowing the journal.
bool is_header_of(std::uint64_t segment, const SegmentHeader& header);

// Why the segment with that header, found good, does not go on at that position; empty: it does.
std::string check_continuation(const SegmentHeader& header, const ChainPosition& position);

// What the journal in the directory was written with, for tools that are not told. Throws
// MissingJournal or JournalDamage.
JournalIdentity read_identity(Disk& disk);

std::string segment_name(std::uint64_t segment);

// Numbers of the segments in the directory, ascending.
std::vector<std::uint64_t> list_segments(Disk& disk);

}  // namespace outcry
