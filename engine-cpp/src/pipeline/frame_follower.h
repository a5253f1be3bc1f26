#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "journal/cursor.h"
#include "journal/disk.h"
#include "pipeline/frame_log.h"

namespace outcry {

// Reads every durable frame after a sequence, in order: from memory, and from the journal's files
// what is no longer there. Single thread.
class FrameFollower {
 public:
  FrameFollower(const FrameLog& log, Disk& disk, Sequence after_sequence);

  // Empty: there is none yet. Valid until the next call. Throws as JournalCursor does.
  std::span<const std::byte> next();

  // Last of the frames read.
  Sequence sequence() const { return sequence_; }

 private:
  std::span<const std::byte> next_from_memory();

  const FrameLog& log_;
  Disk& disk_;
  Sequence sequence_;
  std::vector<std::shared_ptr<const StoredFrame>> frames_;  // from memory
  std::size_t used_ = 0;                                    // of frames_
  std::optional<JournalCursor> cursor_;                     // while memory does not reach back
};

}  // namespace outcry
