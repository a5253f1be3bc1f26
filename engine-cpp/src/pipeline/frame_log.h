#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "pipeline/committer.h"

namespace outcry {

// A durable frame in memory.
struct StoredFrame {
  Sequence first_sequence;
  Sequence last_sequence;
  std::vector<std::byte> bytes;
};

// The newest durable frames, up to so many bytes. Thread-safe.
class FrameLog final : public FrameListener {
 public:
  FrameLog(std::size_t capacity_bytes, Sequence durable_sequence);

  void on_frame(std::span<const std::byte> frame, Sequence first_sequence,
                Sequence last_sequence) override;

  Sequence durable_sequence() const;

  // The frames with the events after `sequence`, oldest first, that are durable now; no more than
  // `most_bytes` (but one at least). Empty: there is nothing newer, or it is no longer in memory.
  std::vector<std::shared_ptr<const StoredFrame>> after(Sequence sequence,
                                                        std::size_t most_bytes) const;

 private:
  const std::size_t capacity_bytes_;

  mutable std::mutex mutex_;
  std::deque<std::shared_ptr<const StoredFrame>> frames_;  // guarded by mutex_
  std::size_t bytes_ = 0;                                  // guarded by mutex_
  Sequence durable_sequence_;                              // guarded by mutex_
};

}  // namespace outcry
