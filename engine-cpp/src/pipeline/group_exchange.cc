#include "pipeline/group_exchange.h"

#include <utility>

#include "outcry/assert.h"

namespace outcry {

GroupExchange::GroupExchange(std::size_t full_bytes) : full_bytes_(full_bytes) {}

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

void GroupExchange::offer() {
  std::unique_lock lock(mutex_);
  Group* group = std::exchange(filling_, nullptr);
  OUTCRY_ASSERT(group != nullptr);
  if (group->empty()) return;
  offered_ = group;
  if (std::exchange(committer_waits_, false)) {
    lock.unlock();
    changed_.notify_one();
  }
}

void GroupExchange::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

Group* GroupExchange::take() {
  std::unique_lock lock(mutex_);
  while (offered_ == nullptr && !closed_) {
    committer_waits_ = true;
    changed_.wait(lock);
  }
  committer_waits_ = false;
  committing_ = std::exchange(offered_, nullptr);
  if (committing_ != nullptr && std::exchange(sequencer_waits_, false)) changed_.notify_one();
  return committing_;
}

void GroupExchange::release() {
  const std::lock_guard lock(mutex_);
  committing_ = nullptr;
}

}  // namespace outcry
