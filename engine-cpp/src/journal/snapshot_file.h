// Snapshots on disk: the engine's state right after a frame of the journal, and where that frame
// ends. README.md has the layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/snapshot.h"
#include "journal/disk.h"
#include "journal/segment.h"
#include "journal/stream_hash.h"
#include "journal/writer.h"

namespace outcry {

inline constexpr std::uint16_t kSnapshotFileFormat = 1;
inline constexpr std::size_t kSnapshotsKept = 2;

struct SnapshotHeader {
  std::uint64_t magic;
  std::uint16_t format;
  std::uint16_t engine_group;
  std::uint32_t reserved;
  Timestamp client_order_id_window;
  std::uint64_t segment;  // where the frame is after which it was taken,
  std::uint64_t offset;   // where that frame ends,
  Sequence sequence;      // its last sequence
  std::uint64_t hash;     // and its frame_hash()
  std::uint64_t body_bytes;
  std::uint64_t body_hash;  // XXH3 of the state, which is what Engine::save() wrote
  std::uint64_t reserved_too[6];
  std::uint32_t reserved_as_well;
  std::uint32_t header_crc;  // CRC-32C of all the fields above

  JournalTail position() const { return {{segment, sequence, hash}, offset}; }
};
static_assert(sizeof(SnapshotHeader) == 2 * kFrameAlignment);

std::string snapshot_name(Sequence sequence);

// Sequences of the snapshots in the directory, ascending.
std::vector<Sequence> list_snapshots(Disk& disk);

// The state's bytes were not wanted any more.
class SnapshotAbandoned {};

// Reads every byte of one. Throws JournalDamage when it is not as it was written, or not of this
// journal; DiskError, SnapshotAbandoned.
SnapshotHeader check_snapshot(Disk& disk, Sequence sequence, const JournalIdentity& identity,
                              const std::stop_token& stop = {});

// The state in a snapshot that check_snapshot() found good. Single thread.
class SnapshotFileReader final : public SnapshotReader {
 public:
  SnapshotFileReader(Disk& disk, Sequence sequence, std::stop_token stop = {});

  // Throws SnapshotError, DiskError, SnapshotAbandoned.
  void read(std::span<std::byte> bytes) override;

 private:
  const std::stop_token stop_;
  std::unique_ptr<File> file_;
  std::uint64_t file_offset_;  // of what comes after buffer_
  std::vector<std::byte> buffer_;
  std::size_t begin_ = 0;  // unread part of buffer_
  std::size_t end_ = 0;
};

// Writes a snapshot under a name that nobody looks for, and gives it its own when all of it is on
// stable storage. It is synced piece by piece, so that it never has the disk to itself for long.
// Single thread.
class SnapshotFileWriter final : public SnapshotWriter {
 public:
  // Leaves `reserve_bytes` of the disk free, or fails with ENOSPC.
  SnapshotFileWriter(Disk& disk, const JournalIdentity& identity, std::uint64_t reserve_bytes,
                     std::stop_token stop);

  // Throws DiskError, SnapshotAbandoned.
  void write(std::span<const std::byte> bytes) override;

  // What was written is the state at that position. Returns the header it was given.
  SnapshotHeader publish(const JournalTail& position);

  // Forgets what was written.
  void discard();

 private:
  void write_out();

  Disk& disk_;
  const JournalIdentity identity_;
  const std::uint64_t reserve_bytes_;
  const std::stop_token stop_;
  std::unique_ptr<File> file_;
  StreamHash hash_;
  std::vector<std::byte> buffer_;
  std::uint64_t body_bytes_ = 0;      // in the file
  std::uint64_t unsynced_bytes_ = 0;  // of them
};

// Removes every snapshot but these two (0: none).
void keep_snapshots(Disk& disk, Sequence newest, Sequence previous);

// The hash of a state, as a snapshot of it has it. Single thread.
class SnapshotHash final : public SnapshotWriter {
 public:
  void write(std::span<const std::byte> bytes) override { hash_.update(bytes); }
  std::uint64_t digest() const { return hash_.digest(); }

 private:
  StreamHash hash_;
};

}  // namespace outcry
