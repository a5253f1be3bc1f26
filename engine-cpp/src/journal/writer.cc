#include "journal/writer.h"

#include <cerrno>
#include <span>
#include <string>
#include <utility>

#include "outcry/assert.h"

namespace outcry {
namespace {

// Gives the spare file its header and then its name, each on stable storage before the next step.
void name_segment(Disk& disk, const SpareSegment::Taken& spare, const JournalIdentity& identity,
                  const ChainPosition& position) {
  const SegmentHeader header = make_segment_header(identity, position, spare.file->size());
  spare.file->write(0, std::as_bytes(std::span(&header, 1)));
  spare.file->sync();
  disk.rename(spare.name, segment_name(position.segment));
  disk.sync_directory();
}

}  // namespace

JournalWriter::JournalWriter(Disk& disk, const JournalSettings& settings, SpareSegment& spare,
                             const JournalTail& tail)
    : disk_(disk),
      settings_(settings),
      spare_(spare),
      file_(disk.open(segment_name(tail.position.segment))),
      capacity_(file_->size()),
      tail_(tail) {}

void JournalWriter::append(Frame& frame) {
  if (frame.frame_bytes() > settings_.largest_frame) {
    throw DiskError("write of a frame of " + std::to_string(frame.frame_bytes()) + " bytes",
                    segment_name(tail_.position.segment), EFBIG);
  }
  if (!fits(frame.frame_bytes())) begin_segment(frame.frame_bytes());
  const std::span<const std::byte> bytes = frame.seal(tail_.position);
  file_->write(tail_.offset, bytes);
  file_->sync();
  tail_.offset += bytes.size();
  tail_.position.sequence = frame.last_sequence();
  tail_.position.hash = frame_hash(bytes);
  bytes_written_ += bytes.size();
}

bool JournalWriter::fits(std::uint64_t frame_bytes) const {
  return tail_.offset + frame_bytes + kSmallestFrame <= capacity_;
}

void JournalWriter::begin_segment(std::uint64_t frame_bytes) {
  SpareSegment::Taken next = spare_.take(sizeof(SegmentHeader) + frame_bytes + kSmallestFrame);
  ChainPosition position = tail_.position;
  ++position.segment;
  name_segment(disk_, next, settings_.identity, position);

  const EndOfSegment end = end_of_segment(tail_.position);
  file_->write(tail_.offset, end.bytes);
  file_->sync();

  file_ = std::move(next.file);
  capacity_ = file_->size();
  tail_ = {position, sizeof(SegmentHeader)};
  OUTCRY_ASSERT(fits(frame_bytes));
}

void create_journal(Disk& disk, const JournalSettings& settings) {
  SpareSegment spare(disk, settings.segment_bytes);
  name_segment(disk, spare.take(settings.segment_bytes), settings.identity,
               ChainPosition{.segment = 1});
}

}  // namespace outcry
