#include "journal/recovery.h"

#include <memory>
#include <vector>

#include "journal/scanner.h"

namespace outcry {

JournalScan scan_journal(Disk& disk, const JournalIdentity& identity, const EntryVisitor& visit,
                         const ScanOptions& options) {
  return Scanner(disk, identity, visit, options).run();
}

void repair_journal(Disk& disk, const JournalScan& scan) {
  const std::unique_ptr<File> file = disk.open(segment_name(scan.tail.position.segment));
  if (scan.torn_bytes != 0) {
    const std::vector<std::byte> zeros(scan.torn_bytes);
    file->write(scan.tail.offset, zeros);
    file->sync();
  }
  if (scan.end_frame_due) {
    const std::unique_ptr<File> previous =
        disk.open(segment_name(scan.end_frame_at.position.segment));
    previous->write(scan.end_frame_at.offset, end_of_segment(scan.end_frame_at.position).bytes);
    previous->sync();
  }
}

}  // namespace outcry
