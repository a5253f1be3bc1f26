#include "journal/tail.h"

#include <algorithm>
#include <cstring>

#include "journal/frame.h"

namespace outcry {
namespace {

bool is_zero(std::span<const std::byte> bytes) {
  return bytes.empty() || (bytes.front() == std::byte{0} &&
                           std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

bool good_frame_within(std::span<const std::byte> bytes) {
  for (; bytes.size() >= kSmallestFrame; bytes = bytes.subspan(kFrameAlignment)) {
    if (check_frame(bytes).fault == FrameFault::kNone) return true;
  }
  return false;
}

// A frame written whole has a byte other than zero in each sector (entries are shorter than a
// sector's worth of zeros, and the trailer has none).
bool sector_missing(std::span<const std::byte> rest, std::size_t frame_bytes, std::size_t offset) {
  const std::span<const std::byte> frame = rest.first(frame_bytes);
  for (std::size_t begin = 0; begin < frame.size();) {
    const std::size_t sector_left = kSectorBytes - (offset + begin) % kSectorBytes;
    const std::size_t size = std::min(sector_left, frame.size() - begin);
    if (is_zero(frame.subspan(begin, size))) return true;
    begin += size;
  }
  return false;
}

}  // namespace

TailState judge_tail(std::span<const std::byte> rest, std::size_t offset) {
  if (is_zero(rest)) return TailState::kClean;
  if (rest.size() < kSmallestFrame) return TailState::kTorn;
  if (good_frame_within(rest.subspan(kFrameAlignment))) return TailState::kDamaged;

  const std::span<const std::byte> header = rest.first(kFrameAlignment);
  const FrameCheck check = check_frame(rest);
  switch (check.fault) {
    case FrameFault::kHeader:
      // Never arrived, or cut short by what kept bytes instead of sectors.
      return is_zero(header) || is_zero(rest.subspan(kFrameAlignment)) ? TailState::kTorn
                                                                       : TailState::kDamaged;
    case FrameFault::kLength:
      return TailState::kTorn;
    case FrameFault::kBody:
    case FrameFault::kTrailer: {
      const std::size_t frame_bytes = check.header.frame_bytes;
      const bool end_missing = rest[frame_bytes - 1] == std::byte{0};
      return end_missing || sector_missing(rest, frame_bytes, offset) ? TailState::kTorn
                                                                      : TailState::kDamaged;
    }
    case FrameFault::kFormat:
    case FrameFault::kNone:
      return TailState::kDamaged;
  }
  return TailState::kDamaged;
}

}  // namespace outcry
