#include "pipeline/frame_follower.h"

namespace outcry {
namespace {

constexpr std::size_t kFetchBytes = std::size_t{1} << 20;

}  // namespace

FrameFollower::FrameFollower(const FrameLog& log, Disk& disk, Sequence after_sequence)
    : log_(log), disk_(disk), sequence_(after_sequence) {}

std::span<const std::byte> FrameFollower::next() {
  const std::span<const std::byte> frame = next_from_memory();
  if (!frame.empty() || log_.durable_sequence() <= sequence_) return frame;
  if (!cursor_.has_value()) cursor_.emplace(disk_, sequence_);
  const std::span<const std::byte> read = cursor_->next();
  sequence_ = cursor_->sequence();
  return read;
}

std::span<const std::byte> FrameFollower::next_from_memory() {
  if (used_ == frames_.size()) {
    frames_ = log_.after(sequence_, kFetchBytes);
    used_ = 0;
    if (frames_.empty()) return {};
    cursor_.reset();
  }
  const StoredFrame& frame = *frames_[used_++];
  sequence_ = frame.last_sequence;
  return frame.bytes;
}

}  // namespace outcry
