#include "journal/cursor.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "journal/damage.h"
#include "journal/segment.h"

namespace outcry {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;

// A segment may be archived at any moment.
std::unique_ptr<File> open_retained(Disk& disk, std::uint64_t segment) {
  try {
    return disk.open(segment_name(segment));
  } catch (const DiskError& failure) {
    if (failure.cause() != ENOENT) throw;
    throw NotRetained("the journal no longer holds its segment " + std::to_string(segment));
  }
}

// Whether the segment begins with that sequence or before it.
bool reaches_back_to(Sequence sequence, Disk& disk, std::uint64_t segment) {
  SegmentHeader header{};
  const std::span<std::byte> bytes = std::as_writable_bytes(std::span(&header, 1));
  const auto damaged = [&](const char* reason) {
    throw JournalDamage(segment_name(segment), 0, sequence, reason);
  };
  if (open_retained(disk, segment)->read(0, bytes) != bytes.size())
    damaged("the file is shorter than a segment's header");
  if (!is_header_of(segment, header)) damaged("the segment's header is damaged");
  return header.first_sequence <= sequence;
}

}  // namespace

JournalCursor::JournalCursor(Disk& disk, Sequence after_sequence)
    : disk_(disk), sequence_(after_sequence) {
  const std::vector<std::uint64_t> segments = list_segments(disk);
  const auto found = std::ranges::find_if(
      segments.rbegin(), segments.rend(),
      [&](std::uint64_t segment) { return reaches_back_to(after_sequence + 1, disk, segment); });
  if (found == segments.rend()) {
    throw NotRetained("the journal no longer holds sequence " + std::to_string(after_sequence + 1));
  }
  open(*found);
}

std::span<const std::byte> JournalCursor::next() {
  while (true) {
    const std::span<const std::byte> frame = read_frame();
    FrameHeader header;
    std::memcpy(&header, frame.data(), sizeof header);
    if (header.kind == FrameKind::kEndOfSegment) {
      open(segment_ + 1);
    } else if (header.last_sequence > sequence_) {
      sequence_ = header.last_sequence;
      frame_ = frame;
      return frame;
    }
  }
}

JournalTail JournalCursor::position() const {
  return {{segment_, sequence_, frame_hash(frame_)}, file_offset_ + begin_};
}

void JournalCursor::open(std::uint64_t segment) {
  segment_ = segment;
  file_ = open_retained(disk_, segment);
  file_offset_ = sizeof(SegmentHeader);
  begin_ = 0;
  end_ = 0;
}

std::span<const std::byte> JournalCursor::read_frame() {
  FrameCheck check = look();
  if (check.fault != FrameFault::kNone) {
    // What was read ahead may be older than the frame: then there were only zeros there.
    forget_buffer();
    check = look();
  }
  if (check.fault != FrameFault::kNone) {
    throw JournalDamage(segment_name(segment_), file_offset_ + begin_, sequence_ + 1,
                        "a durable frame cannot be read back");
  }
  const std::span<const std::byte> frame =
      std::span(buffer_).subspan(begin_, check.header.frame_bytes);
  begin_ += frame.size();
  return frame;
}

// Whether the unread bytes begin with a frame of this segment.
FrameCheck JournalCursor::look() {
  FrameCheck check{FrameFault::kHeader, {}};
  if (!fill(sizeof(FrameHeader))) return check;
  check = check_frame_header(std::span(buffer_).subspan(begin_, end_ - begin_));
  if (check.fault == FrameFault::kNone || check.fault == FrameFault::kLength) {
    fill(check.header.frame_bytes);
    check = check_frame(std::span(buffer_).subspan(begin_, end_ - begin_));
  }
  if (check.fault == FrameFault::kNone && check.header.segment != segment_) {
    check.fault = FrameFault::kHeader;
  }
  return check;
}

void JournalCursor::forget_buffer() {
  file_offset_ += begin_;
  begin_ = 0;
  end_ = 0;
}

// Makes that many unread bytes available; false: the file ends before.
bool JournalCursor::fill(std::size_t bytes) {
  if (end_ - begin_ >= bytes) return true;
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_));
  file_offset_ += begin_;
  end_ -= begin_;
  begin_ = 0;
  buffer_.resize(std::max(kReadBytes, bytes));
  end_ += file_->read(file_offset_ + end_, std::span(buffer_).subspan(end_));
  return end_ >= bytes;
}

}  // namespace outcry
