#include "pipeline/group_exchange.h"

#include <utility>

#include "outcry/assert.h"

namespace outcry {
namespace {

// So many answers are worth a sync of their own.
constexpr std::size_t kLargeGroup = 256;
// So many are answered sooner when they change no thread.
constexpr std::size_t kLittleGroup = 4;

}  // namespace

GroupExchange::GroupExchange(std::size_t full_bytes, std::chrono::microseconds interval)
    : full_bytes_(full_bytes),
      interval_(interval),
      began_(std::chrono::steady_clock::now() - interval) {}

Group& GroupExchange::acquire() {
  std::unique_lock lock(mutex_);
  OUTCRY_ASSERT(filling_ == nullptr);
  while (offered_ != nullptr && full(*offered_)) {
    sequencer_waits_ = true;
    changed_.wait(lock);
  }
  sequencer_waits_ = false;
  filling_ = std::exchange(offered_, nullptr);
  if (filling_ == nullptr) filling_ = committing_ == &groups_[0] ? &groups_[1] : &groups_[0];
  return *filling_;
}

Group* GroupExchange::offer(bool last) {
  std::unique_lock lock(mutex_);
  Group* group = std::exchange(filling_, nullptr);
  OUTCRY_ASSERT(group != nullptr);
  if (group->empty()) return nullptr;
  if (last && committer_waits_ && group->answers.size() <= kLittleGroup) return committing_ = group;
  if (committer_waits_ || (committer_gathers_ && large(*group))) {
    committer_waits_ = false;
    committer_gathers_ = false;
    committing_ = group;
    lock.unlock();
    changed_.notify_one();
  } else {
    offered_ = group;
    uncommitted_ = true;
  }
  return nullptr;
}

void GroupExchange::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

Group* GroupExchange::take() {
  std::unique_lock lock(mutex_);
  if (uncommitted_) gather(lock);
  if (committing_ == nullptr && offered_ == nullptr) await(lock);
  if (committing_ == nullptr) committing_ = std::exchange(offered_, nullptr);
  uncommitted_ = false;
  began_ = std::chrono::steady_clock::now();
  if (committing_ != nullptr && std::exchange(sequencer_waits_, false)) changed_.notify_one();
  return committing_;
}

void GroupExchange::gather(std::unique_lock<std::mutex>& lock) {
  if (offered_ != nullptr && large(*offered_)) return;
  committer_gathers_ = true;
  changed_.wait_until(lock, began_ + interval_, [this] { return closed_ || !committer_gathers_; });
  committer_gathers_ = false;
}

void GroupExchange::await(std::unique_lock<std::mutex>& lock) {
  committer_waits_ = true;
  changed_.wait(lock, [this] { return closed_ || !committer_waits_; });
  committer_waits_ = false;
}

// A group of reads alone waits for no sync, so there is nothing to share.
bool GroupExchange::large(const Group& group) const {
  return group.answers.size() >= kLargeGroup || group.frame.empty() || full(group);
}

void GroupExchange::release() {
  const std::lock_guard lock(mutex_);
  committing_ = nullptr;
}

bool GroupExchange::committer_waits() const {
  const std::lock_guard lock(mutex_);
  return committer_waits_;
}

}  // namespace outcry
