// What to make of the place where the last segment's good frames end.
#pragma once

#include <cstddef>
#include <span>

namespace outcry {

enum class TailState {
  kClean,   // nothing but zeros: the journal ends here
  kTorn,    // a frame that a crash cut short, never acknowledged
  kDamaged  // anything else
};

// `rest` begins where a frame should and reaches to the segment's end. One frame at most is ever
// being written, into zeros, and a disk writes sectors whole. So a torn frame lacks sectors or its
// end, and nothing good comes after it. `offset` is where `rest` begins in the file.
TailState judge_tail(std::span<const std::byte> rest, std::size_t offset);

}  // namespace outcry
