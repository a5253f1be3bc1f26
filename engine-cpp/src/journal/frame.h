// A frame: the entries that one group commit wrote together. Frames begin at multiples of 64 bytes,
// so that a header lies in one disk sector and is either there or not.
//
//   header (64 bytes, FrameHeader) · entries · zeros · trailer magic (8 bytes, the frame's last)
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "book/prefetch.h"
#include "outcry/command.h"
#include "outcry/event.h"
#include "outcry/types.h"

namespace outcry {

inline constexpr std::uint16_t kJournalFormat = 3;
inline constexpr std::size_t kFrameAlignment = 64;
inline constexpr std::size_t kSectorBytes = 512;

enum class FrameKind : std::uint16_t {
  kEntries = 1,
  // The segment's last frame: the journal goes on in the next segment. No entries.
  kEndOfSegment = 2
};

struct FrameHeader {
  std::uint64_t magic;
  std::uint16_t format;
  FrameKind kind;
  std::uint32_t entry_count;
  Sequence first_sequence;  // of the first entry's first event; kEndOfSegment: of the next segment
  Sequence last_sequence;
  std::uint32_t frame_bytes;    // header to trailer
  std::uint32_t body_bytes;     // of the entries
  std::uint64_t segment;        // so that no other segment's frame is taken for this one's
  std::uint64_t previous_hash;  // frame_hash() of the frame before; 0 for the journal's first
  std::uint32_t body_crc;       // CRC-32C from the header's end to the trailer
  std::uint32_t header_crc;     // CRC-32C of all the fields above

  friend bool operator==(const FrameHeader&, const FrameHeader&) = default;
};
static_assert(sizeof(FrameHeader) == kFrameAlignment);

inline constexpr std::size_t kTrailerBytes = 8;
inline constexpr std::size_t kSmallestFrame = 2 * kFrameAlignment;

// Where a frame's writing or reading stands in the chain of frames.
struct ChainPosition {
  std::uint64_t segment = 0;
  Sequence sequence = 0;   // last of the frames before
  std::uint64_t hash = 0;  // of the frame before

  friend bool operator==(const ChainPosition&, const ChainPosition&) = default;
};

std::uint64_t frame_hash(std::span<const std::byte> frame);

// A frame in the making, in one buffer that grows and is used again. Any one thread at a time.
class Frame {
 public:
  // Forgets what was there; the first event appended will have this sequence.
  void begin(Sequence first_sequence);

  // `events` must not be empty.
  void append(const Command& command, Timestamp time, std::span<const Event> events);

  // For appending, so far from the end.
  void prefetch(std::size_t ahead) const {
    prefetch_for_writing(bytes_.get() + end_ + ahead, kCacheLineBytes);
  }

  bool empty() const { return entry_count_ == 0; }
  std::uint32_t entry_count() const { return entry_count_; }
  Sequence first_sequence() const { return first_sequence_; }
  Sequence last_sequence() const { return next_sequence_ - 1; }
  // Of the complete frame.
  std::size_t frame_bytes() const;

  // Completes the frame as the one that follows `position`.
  std::span<const std::byte> seal(const ChainPosition& position);
  // As seal() completed it; nothing was appended since.
  std::span<const std::byte> sealed() const { return {bytes_.get(), frame_bytes()}; }

 private:
  void grow(std::size_t room);

  std::unique_ptr<std::byte[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t end_ = sizeof(FrameHeader);  // of the entries
  std::uint32_t entry_count_ = 0;
  Sequence first_sequence_ = 1;
  Sequence next_sequence_ = 1;
};

// The frame that ends a segment.
struct EndOfSegment {
  alignas(std::uint64_t) std::byte bytes[kSmallestFrame];
};
EndOfSegment end_of_segment(const ChainPosition& position);

// What reading found where a frame should begin.
enum class FrameFault {
  kNone,
  kHeader,   // not a header, or damaged
  kFormat,   // a header of a format that this release does not know
  kLength,   // the frame reaches beyond the bytes at hand
  kBody,     // damaged entries
  kTrailer,  // damaged trailer
};

struct FrameCheck {
  FrameFault fault = FrameFault::kNone;
  FrameHeader header{};  // good unless fault is kHeader or kFormat
};

// Checks the frame at the beginning of `bytes` as far as it can be judged alone.
FrameCheck check_frame(std::span<const std::byte> bytes);

// The header alone: kNone, kHeader, kFormat or kLength.
FrameCheck check_frame_header(std::span<const std::byte> bytes);

// The entries of a frame that check_frame() found good.
std::span<const std::byte> frame_body(std::span<const std::byte> frame, const FrameHeader& header);

}  // namespace outcry
