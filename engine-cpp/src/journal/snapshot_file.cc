#include "journal/snapshot_file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <utility>

#include "journal/crc32c.h"
#include "journal/damage.h"

namespace outcry {
namespace {

constexpr std::uint64_t kMagic = 0x314E'5952'4354'554F;  // "OUTCRYN1"
constexpr std::string_view kPrefix = "snapshot-";
constexpr const char* kNewName = "snapshot-new";
constexpr std::size_t kDigits = 20;
constexpr std::size_t kBufferBytes = std::size_t{1} << 20;
constexpr std::uint64_t kSyncBytes = std::uint64_t{1} << 20;

std::uint32_t header_crc(const SnapshotHeader& header) {
  return crc32c(std::as_bytes(std::span(&header, 1)).first(offsetof(SnapshotHeader, header_crc)));
}

// Of a file's name; 0: not a snapshot's.
Sequence snapshot_sequence(std::string_view name) {
  if (!name.starts_with(kPrefix) || name.size() != kPrefix.size() + kDigits) return 0;
  Sequence sequence = 0;
  const auto [end, failure] =
      std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), sequence);
  return failure == std::errc{} && end == name.data() + name.size() ? sequence : 0;
}

// Why it is no header of this journal's snapshot; empty: it is.
std::string header_fault(const SnapshotHeader& header, Sequence sequence,
                         const JournalIdentity& identity) {
  if (header.magic != kMagic) return "not a snapshot";
  if (header.header_crc != header_crc(header)) return "its header is damaged";
  if (header.format != kSnapshotFileFormat) return "of a format that this release does not know";
  if (header.engine_group != identity.engine_group) return "of another engine group";
  if (header.client_order_id_window != identity.client_order_id_window) {
    return "written with another window for client order ids";
  }
  if (header.sequence != sequence) return "its name is another snapshot's";
  return {};
}

std::uint64_t hash_of(const File& file, std::uint64_t offset, std::uint64_t bytes,
                      const std::stop_token& stop) {
  StreamHash hash;
  std::vector<std::byte> buffer(kBufferBytes);
  while (bytes != 0) {
    if (stop.stop_requested()) throw SnapshotAbandoned();
    const std::size_t got =
        file.read(offset, std::span(buffer).first(std::min<std::uint64_t>(bytes, buffer.size())));
    if (got == 0) break;
    hash.update(std::span(buffer).first(got));
    offset += got;
    bytes -= got;
  }
  return hash.digest();
}

}  // namespace

std::string snapshot_name(Sequence sequence) {
  std::string digits = std::to_string(sequence);
  digits.insert(0, kDigits - digits.size(), '0');
  return std::string(kPrefix) + digits;
}

std::vector<Sequence> list_snapshots(Disk& disk) {
  std::vector<Sequence> snapshots;
  for (const std::string& name : disk.list()) {
    const Sequence sequence = snapshot_sequence(name);
    if (sequence != 0) snapshots.push_back(sequence);
  }
  std::ranges::sort(snapshots);
  return snapshots;
}

SnapshotHeader check_snapshot(Disk& disk, Sequence sequence, const JournalIdentity& identity,
                              const std::stop_token& stop) {
  const std::string name = snapshot_name(sequence);
  const auto damaged = [&](std::uint64_t offset, const std::string& reason) {
    throw JournalDamage(name, offset, sequence, reason);
  };
  const std::unique_ptr<File> file = disk.open(name);
  SnapshotHeader header{};
  if (file->read(0, std::as_writable_bytes(std::span(&header, 1))) != sizeof header) {
    damaged(0, "the file is shorter than its header");
  }
  if (const std::string fault = header_fault(header, sequence, identity); !fault.empty()) {
    damaged(0, fault);
  }
  const std::uint64_t size = sizeof header + header.body_bytes;
  if (file->size() != size) {
    damaged(std::min(file->size(), size), "the file has " + std::to_string(file->size()) +
                                              " bytes, it was written with " +
                                              std::to_string(size));
  }
  if (hash_of(*file, sizeof header, header.body_bytes, stop) != header.body_hash) {
    damaged(sizeof header, "the state in it is not what was written");
  }
  return header;
}

SnapshotFileReader::SnapshotFileReader(Disk& disk, Sequence sequence, std::stop_token stop)
    : stop_(std::move(stop)),
      file_(disk.open(snapshot_name(sequence))),
      file_offset_(sizeof(SnapshotHeader)),
      buffer_(kBufferBytes) {}

void SnapshotFileReader::read(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    if (begin_ == end_) {
      if (stop_.stop_requested()) throw SnapshotAbandoned();
      begin_ = 0;
      end_ = file_->read(file_offset_, buffer_);
      file_offset_ += end_;
      if (end_ == 0) throw SnapshotError("snapshot: ends too early");
    }
    const std::size_t count = std::min(bytes.size(), end_ - begin_);
    std::memcpy(bytes.data(), buffer_.data() + begin_, count);
    begin_ += count;
    bytes = bytes.subspan(count);
  }
}

SnapshotFileWriter::SnapshotFileWriter(Disk& disk, const JournalIdentity& identity,
                                       std::uint64_t reserve_bytes, std::stop_token stop)
    : disk_(disk),
      identity_(identity),
      reserve_bytes_(reserve_bytes),
      stop_(std::move(stop)),
      file_(disk.create(kNewName)) {
  buffer_.reserve(kBufferBytes);
}

void SnapshotFileWriter::write(std::span<const std::byte> bytes) {
  hash_.update(bytes);
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  if (buffer_.size() >= kBufferBytes) write_out();
}

SnapshotHeader SnapshotFileWriter::publish(const JournalTail& position) {
  write_out();
  SnapshotHeader header{};
  header.magic = kMagic;
  header.format = kSnapshotFileFormat;
  header.engine_group = identity_.engine_group;
  header.client_order_id_window = identity_.client_order_id_window;
  header.segment = position.position.segment;
  header.offset = position.offset;
  header.sequence = position.position.sequence;
  header.hash = position.position.hash;
  header.body_bytes = body_bytes_;
  header.body_hash = hash_.digest();
  header.header_crc = header_crc(header);
  file_->write(0, std::as_bytes(std::span(&header, 1)));
  file_->sync();
  disk_.rename(kNewName, snapshot_name(header.sequence));
  disk_.sync_directory();
  return header;
}

void SnapshotFileWriter::discard() {
  file_.reset();
  disk_.remove(kNewName);
}

void SnapshotFileWriter::write_out() {
  if (stop_.stop_requested()) throw SnapshotAbandoned();
  if (disk_.free_bytes() < reserve_bytes_ + buffer_.size()) {
    throw DiskError("write", kNewName, ENOSPC);
  }
  file_->write(sizeof(SnapshotHeader) + body_bytes_, buffer_);
  body_bytes_ += buffer_.size();
  unsynced_bytes_ += buffer_.size();
  buffer_.clear();
  if (unsynced_bytes_ >= kSyncBytes) {
    file_->sync();
    unsynced_bytes_ = 0;
  }
}

void keep_snapshots(Disk& disk, Sequence newest, Sequence previous) {
  bool removed = false;
  for (const Sequence sequence : list_snapshots(disk)) {
    if (sequence == newest || sequence == previous) continue;
    disk.remove(snapshot_name(sequence));
    removed = true;
  }
  if (removed) disk.sync_directory();
}

}  // namespace outcry
