#include <algorithm>
#include <cstring>
#include <vector>

#include "journal/crc32c.h"
#include "journal/damage.h"
#include "journal/entry.h"
#include "journal/frame.h"
#include "journal/recovery.h"
#include "journal/segment.h"
#include "journal/simulated_disk.h"
#include "outcry/assert.h"
#include "targets.h"

namespace outcry::fuzz {
namespace {

constexpr JournalIdentity kIdentity{0, 86'400};
constexpr std::size_t kSegmentBytes = 16'384;

// What is accepted is written back as it was: one value has one encoding.
void decode_entries(Bytes bytes) {
  Entry entry;
  while (const std::size_t length = decode_entry(bytes, entry)) {
    std::vector<std::byte> again(max_entry_bytes(entry.events.size()));
    const std::byte* end = encode_entry(again.data(), entry.command, entry.time, entry.events);
    const auto written = static_cast<std::size_t>(end - again.data());
    const bool same = written == length && std::memcmp(again.data(), bytes.data(), length) == 0;
    OUTCRY_ASSERT(same);
    bytes = bytes.subspan(length);
  }
}

// The bytes as the entries of a frame whose checksums are right, which chance never finds.
std::vector<std::byte> frame_of(Bytes entries) {
  const std::size_t used = sizeof(FrameHeader) + entries.size() + kTrailerBytes;
  std::vector<std::byte> frame((used + kFrameAlignment - 1) / kFrameAlignment * kFrameAlignment);
  if (!entries.empty())
    std::memcpy(frame.data() + sizeof(FrameHeader), entries.data(), entries.size());
  FrameHeader header{};
  const EndOfSegment end = end_of_segment({});
  std::memcpy(&header, end.bytes, sizeof header);  // for its magic
  const Bytes trailer = Bytes(end.bytes).last(kTrailerBytes);
  std::ranges::copy(trailer, frame.end() - kTrailerBytes);
  // How many entries and events there are, as the bytes have it.
  Entry entry;
  std::uint64_t events = 0;
  for (Bytes rest = entries; const std::size_t length = decode_entry(rest, entry);) {
    ++header.entry_count;
    events += entry.events.size();
    rest = rest.subspan(length);
  }
  header.kind = FrameKind::kEntries;
  header.entry_count = std::max(header.entry_count, 1U);
  header.first_sequence = 1;
  header.last_sequence = std::max<std::uint64_t>(events, 1);
  header.frame_bytes = static_cast<std::uint32_t>(frame.size());
  header.body_bytes = static_cast<std::uint32_t>(entries.size());
  header.segment = 1;
  const Bytes body = Bytes(frame).subspan(sizeof header);
  header.body_crc = crc32c(body.first(body.size() - kTrailerBytes));
  std::memcpy(frame.data(), &header, sizeof header);
  header.header_crc = crc32c(Bytes(frame).first(offsetof(FrameHeader, header_crc)));
  std::memcpy(frame.data(), &header, sizeof header);
  return frame;
}

// As all that is in a segment behind its header: read, or refused as damaged; what was read is
// repaired and then read again.
void scan(Bytes bytes) {
  SimulatedDisk disk(1);
  const std::string name = segment_name(1);
  disk.create(name);
  std::vector<std::byte>& content = disk.content(name);
  content.resize(std::max(kSegmentBytes, sizeof(SegmentHeader) + bytes.size()));
  const SegmentHeader header =
      make_segment_header(kIdentity, ChainPosition{.segment = 1}, content.size());
  std::memcpy(content.data(), &header, sizeof header);
  if (!bytes.empty()) std::memcpy(content.data() + sizeof header, bytes.data(), bytes.size());
  const auto ignore = [](Sequence, const Entry&) {};
  try {
    const JournalScan found = scan_journal(disk, kIdentity, ignore);
    repair_journal(disk, found);
    const JournalScan again = scan_journal(disk, kIdentity, ignore);
    const bool same = again.events == found.events && again.torn_bytes == 0;
    OUTCRY_ASSERT(same);
  } catch (const JournalDamage&) {
    // Refused, which is what damage is for.
  }
}

}  // namespace

void fuzz_journal(Bytes bytes) {
  decode_entries(bytes);
  (void)check_frame(bytes);
  scan(bytes);
  scan(frame_of(bytes));
}

}  // namespace outcry::fuzz
