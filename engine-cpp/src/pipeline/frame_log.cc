#include "pipeline/frame_log.h"

#include <algorithm>

namespace outcry {

FrameLog::FrameLog(std::size_t capacity_bytes, Sequence durable_sequence)
    : capacity_bytes_(capacity_bytes), durable_sequence_(durable_sequence) {}

void FrameLog::on_frame(std::span<const std::byte> frame, Sequence first_sequence,
                        Sequence last_sequence) {
  auto stored = std::make_shared<const StoredFrame>(StoredFrame{
      first_sequence, last_sequence, std::vector<std::byte>(frame.begin(), frame.end())});
  std::vector<std::shared_ptr<const StoredFrame>> evicted;  // freed outside the lock
  const std::lock_guard lock(mutex_);
  bytes_ += stored->bytes.size();
  frames_.push_back(std::move(stored));
  durable_sequence_ = last_sequence;
  while (bytes_ > capacity_bytes_) {
    bytes_ -= frames_.front()->bytes.size();
    evicted.push_back(std::move(frames_.front()));
    frames_.pop_front();
  }
}

Sequence FrameLog::durable_sequence() const {
  const std::lock_guard lock(mutex_);
  return durable_sequence_;
}

std::vector<std::shared_ptr<const StoredFrame>> FrameLog::after(Sequence sequence,
                                                                std::size_t most_bytes) const {
  std::vector<std::shared_ptr<const StoredFrame>> found;
  const std::lock_guard lock(mutex_);
  if (frames_.empty() || frames_.front()->first_sequence > sequence + 1) return found;
  auto at = std::ranges::upper_bound(frames_, sequence, {},
                                     [](const auto& frame) { return frame->last_sequence; });
  for (std::size_t bytes = 0; at != frames_.end(); ++at) {
    bytes += (*at)->bytes.size();
    if (!found.empty() && bytes > most_bytes) break;
    found.push_back(*at);
  }
  return found;
}

}  // namespace outcry
