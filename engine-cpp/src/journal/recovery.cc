#include "journal/recovery.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "journal/scanner.h"

namespace outcry {
namespace {

bool exists(Disk& disk, std::uint64_t segment) {
  const std::vector<std::uint64_t> segments = list_segments(disk);
  return std::ranges::find(segments, segment) != segments.end();
}

// The torn frame's end goes first and its header last: whenever this is interrupted, even within a
// sector, what is left is still seen to be torn.
void cut(File& file, std::uint64_t offset, std::uint64_t bytes) {
  const std::vector<std::byte> zeros(bytes);
  const std::uint64_t header = std::min<std::uint64_t>(bytes, sizeof(FrameHeader));
  const std::uint64_t end = bytes - std::min<std::uint64_t>(bytes - header, kFrameAlignment);
  const auto clear = [&](std::uint64_t from, std::uint64_t to) {
    if (from != to) file.write(offset + from, std::span(zeros).first(to - from));
  };
  clear(end, bytes);
  clear(header, end);
  if (bytes != 0) file.sync();
  clear(0, header);
}

}  // namespace

JournalScan scan_journal(Disk& disk, const JournalIdentity& identity, const EntryVisitor& visit,
                         const ScanOptions& options) {
  return Scanner(disk, identity, visit, options).run();
}

void repair_journal(Disk& disk, const JournalScan& scan) {
  const std::uint64_t segment = scan.tail.position.segment;
  // The segment's name first: what is in it counts from then on.
  disk.sync_directory();
  if (segment > 1 && exists(disk, segment - 1)) {
    const std::unique_ptr<File> previous = disk.open(segment_name(segment - 1));
    if (scan.end_frame_due) {
      previous->write(scan.end_frame_at.offset, end_of_segment(scan.end_frame_at.position).bytes);
    }
    previous->sync();
  }
  const std::unique_ptr<File> file = disk.open(segment_name(segment));
  cut(*file, scan.tail.offset, scan.torn_bytes);
  file->sync();
}

}  // namespace outcry
