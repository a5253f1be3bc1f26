#include "journal/frame.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "journal/crc32c.h"
#include "journal/entry.h"
#include "outcry/assert.h"

namespace outcry {
namespace {

constexpr std::uint64_t kHeaderMagic = 0x3146'5952'4354'554F;   // "OUTCRYF1"
constexpr std::uint64_t kTrailerMagic = 0x3145'5952'4354'554F;  // "OUTCRYE1"
constexpr std::size_t kInitialCapacity = std::size_t{256} << 10;

constexpr std::size_t whole_frame(std::size_t body_bytes) {
  const std::size_t bytes = sizeof(FrameHeader) + body_bytes + kTrailerBytes;
  return (bytes + kFrameAlignment - 1) / kFrameAlignment * kFrameAlignment;
}

std::uint32_t header_crc(std::span<const std::byte> frame) {
  return crc32c(frame.first(offsetof(FrameHeader, header_crc)));
}

std::uint32_t body_crc(std::span<const std::byte> frame) {
  return crc32c(
      frame.subspan(sizeof(FrameHeader), frame.size() - sizeof(FrameHeader) - kTrailerBytes));
}

// Fills in everything around the entries, which end at sizeof(FrameHeader) + header.body_bytes.
void complete(std::span<std::byte> frame, FrameHeader header) {
  const std::size_t entries_end = sizeof(FrameHeader) + header.body_bytes;
  std::memset(frame.data() + entries_end, 0, frame.size() - entries_end);
  std::memcpy(frame.data() + frame.size() - kTrailerBytes, &kTrailerMagic, kTrailerBytes);
  header.magic = kHeaderMagic;
  header.format = kJournalFormat;
  header.frame_bytes = static_cast<std::uint32_t>(frame.size());
  header.body_crc = body_crc(frame);
  std::memcpy(frame.data(), &header, sizeof header);
  header.header_crc = header_crc(frame);
  std::memcpy(frame.data(), &header, sizeof header);
}

bool plausible(const FrameHeader& header) {
  if (header.frame_bytes != whole_frame(header.body_bytes)) return false;
  switch (header.kind) {
    case FrameKind::kEntries:
      return header.entry_count > 0 && header.first_sequence > 0 &&
             header.last_sequence >= header.first_sequence;
    case FrameKind::kEndOfSegment:
      return header.entry_count == 0 && header.body_bytes == 0;
  }
  return false;
}

}  // namespace

std::uint64_t frame_hash(std::span<const std::byte> frame) {
  return XXH3_64bits(frame.data(), frame.size());
}

void Frame::begin(Sequence first_sequence) {
  end_ = sizeof(FrameHeader);
  entry_count_ = 0;
  first_sequence_ = first_sequence;
  next_sequence_ = first_sequence;
}

void Frame::append(const Command& command, Timestamp time, std::span<const Event> events) {
  OUTCRY_ASSERT(!events.empty());
  // What seal() adds behind the entries must fit, too.
  grow(max_entry_bytes(events.size()) + kFrameAlignment + kTrailerBytes);
  std::byte* const begin = bytes_.get();
  end_ = static_cast<std::size_t>(encode_entry(begin + end_, command, time, events) - begin);
  ++entry_count_;
  next_sequence_ += events.size();
}

std::size_t Frame::frame_bytes() const {
  return whole_frame(end_ - sizeof(FrameHeader));
}

std::span<const std::byte> Frame::seal(const ChainPosition& position) {
  OUTCRY_ASSERT(!empty());
  OUTCRY_ASSERT(first_sequence_ == position.sequence + 1);
  OUTCRY_ASSERT(frame_bytes() <= std::numeric_limits<std::uint32_t>::max());
  const std::span<std::byte> frame(bytes_.get(), frame_bytes());
  FrameHeader header{};
  header.kind = FrameKind::kEntries;
  header.entry_count = entry_count_;
  header.first_sequence = first_sequence_;
  header.last_sequence = last_sequence();
  header.body_bytes = static_cast<std::uint32_t>(end_ - sizeof(FrameHeader));
  header.segment = position.segment;
  header.previous_hash = position.hash;
  complete(frame, header);
  return frame;
}

void Frame::grow(std::size_t room) {
  if (capacity_ - end_ >= room && capacity_ != 0) return;
  const std::size_t capacity = std::max({kInitialCapacity, capacity_ * 2, end_ + room});
  auto bytes = std::make_unique_for_overwrite<std::byte[]>(capacity);
  if (capacity_ != 0) std::memcpy(bytes.get(), bytes_.get(), end_);
  bytes_ = std::move(bytes);
  capacity_ = capacity;
}

EndOfSegment end_of_segment(const ChainPosition& position) {
  EndOfSegment end{};
  FrameHeader header{};
  header.kind = FrameKind::kEndOfSegment;
  header.first_sequence = position.sequence + 1;
  header.last_sequence = position.sequence;
  header.segment = position.segment;
  header.previous_hash = position.hash;
  complete(end.bytes, header);
  return end;
}

FrameCheck check_frame_header(std::span<const std::byte> bytes) {
  FrameCheck check{FrameFault::kHeader, {}};
  if (bytes.size() < sizeof(FrameHeader)) return check;
  FrameHeader& header = check.header;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != kHeaderMagic || header.header_crc != header_crc(bytes)) return check;
  check.fault = FrameFault::kFormat;
  if (header.format != kJournalFormat || !plausible(header)) return check;
  check.fault = header.frame_bytes > bytes.size() ? FrameFault::kLength : FrameFault::kNone;
  return check;
}

FrameCheck check_frame(std::span<const std::byte> bytes) {
  FrameCheck check = check_frame_header(bytes);
  if (check.fault != FrameFault::kNone) return check;
  const std::span<const std::byte> frame = bytes.first(check.header.frame_bytes);
  const std::span<const std::byte> trailer = frame.last(kTrailerBytes);
  if (check.header.body_crc != body_crc(frame)) {
    check.fault = FrameFault::kBody;
  } else if (std::memcmp(trailer.data(), &kTrailerMagic, kTrailerBytes) != 0) {
    check.fault = FrameFault::kTrailer;
  }
  return check;
}

std::span<const std::byte> frame_body(std::span<const std::byte> frame, const FrameHeader& header) {
  return frame.subspan(sizeof(FrameHeader), header.body_bytes);
}

}  // namespace outcry
