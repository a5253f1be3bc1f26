#include "journal/compaction.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "journal/head.h"
#include "journal/recovery.h"
#include "journal/snapshot_file.h"

namespace outcry {
namespace {

constexpr std::size_t kCopyBytes = std::size_t{1} << 20;

// The two newest snapshots, both read in full.
struct Snapshots {
  SnapshotHeader older;
  SnapshotHeader newest;
};

Snapshots two_snapshots(Disk& disk, const JournalIdentity& identity) {
  const std::vector<Sequence> snapshots = list_snapshots(disk);
  if (snapshots.size() < kSnapshotsKept) {
    throw CannotCompact("there are fewer than " + std::to_string(kSnapshotsKept) +
                        " snapshots: all of the journal is needed");
  }
  const SnapshotHeader newest = check_snapshot(disk, snapshots.back(), identity);
  return {check_snapshot(disk, snapshots[snapshots.size() - kSnapshotsKept], identity), newest};
}

// A sequence that nobody can have seen is a mistake, and believing it would remove what a consumer
// needs.
void check_consumer(Disk& disk, const JournalIdentity& identity, const SnapshotHeader& newest,
                    Sequence consumer_sequence) {
  if (consumer_sequence <= newest.sequence) return;
  const JournalScan scan =
      scan_journal(disk, identity, [](Sequence, const Entry&) {}, {.after = newest.position()});
  const Sequence last = scan.tail.position.sequence;
  if (consumer_sequence <= last) return;
  throw ConsumerAhead("the consumer cannot have seen sequence " +
                      std::to_string(consumer_sequence) + ": the journal's last is " +
                      std::to_string(last));
}

// What the segment continues, from its header.
ChainPosition beginning(Disk& disk, std::uint64_t segment, const JournalIdentity& identity) {
  SegmentHeader header{};
  const std::span<std::byte> bytes = std::as_writable_bytes(std::span(&header, 1));
  const std::size_t size = disk.open(segment_name(segment))->read(0, bytes);
  const std::string fault = check_segment_header(bytes.first(size), identity, segment);
  if (!fault.empty()) throw JournalDamage(segment_name(segment), 0, 0, fault);
  return {.segment = segment, .sequence = header.first_sequence - 1, .hash = header.previous_hash};
}

// The first segment that somebody needs.
ChainPosition first_needed(Disk& disk, const JournalIdentity& identity, const ChainPosition& head,
                           std::uint64_t snapshot_segment, Sequence consumer_sequence) {
  ChainPosition needed = head;
  while (needed.segment < snapshot_segment) {
    const ChainPosition next = beginning(disk, needed.segment + 1, identity);
    if (next.sequence > consumer_sequence) break;
    needed = next;
  }
  return needed;
}

void copy(const File& from, File& to) {
  std::vector<std::byte> buffer(kCopyBytes);
  std::uint64_t offset = 0;
  while (const std::size_t got = from.read(offset, buffer)) {
    to.write(offset, std::span(buffer).first(got));
    offset += got;
  }
  to.sync();
}

void archive_segment(Disk& disk, Disk& archive, const std::string& name) {
  const std::string unfinished = name + "-new";
  copy(*disk.open(name), *archive.create(unfinished));
  archive.rename(unfinished, name);
  archive.sync_directory();
}

}  // namespace

Compaction compact_journal(Disk& disk, const JournalIdentity& identity, Sequence consumer_sequence,
                           Disk* archive) {
  const ChainPosition head = read_head(disk, identity);
  const Snapshots snapshots = two_snapshots(disk, identity);
  check_consumer(disk, identity, snapshots.newest, consumer_sequence);
  const ChainPosition needed =
      first_needed(disk, identity, head, snapshots.older.segment, consumer_sequence);
  if (needed.segment > head.segment) {
    scan_journal(disk, identity, [](Sequence, const Entry&) {},
                 {.last_segment = needed.segment - 1});
    for (std::uint64_t i = head.segment; archive != nullptr && i < needed.segment; ++i)
      archive_segment(disk, *archive, segment_name(i));
    write_head(disk, identity, needed);
  }
  Compaction result{0, needed.segment, needed.sequence + 1};
  for (const std::uint64_t segment : list_segments(disk)) {
    if (segment >= needed.segment) break;
    disk.remove(segment_name(segment));
    ++result.removed;
  }
  if (result.removed != 0) disk.sync_directory();
  return result;
}

}  // namespace outcry
