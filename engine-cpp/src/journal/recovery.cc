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
  if (scan.torn_bytes != 0) {
    const std::vector<std::byte> zeros(scan.torn_bytes);
    file->write(scan.tail.offset, zeros);
  }
  file->sync();
}

}  // namespace outcry
