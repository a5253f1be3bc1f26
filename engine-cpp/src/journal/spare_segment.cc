#include "journal/spare_segment.h"

#include <algorithm>
#include <utility>

namespace outcry {

SpareSegment::SpareSegment(Disk& disk, std::uint64_t segment_bytes, std::uint64_t reserve_bytes)
    : disk_(disk), segment_bytes_(segment_bytes), reserve_bytes_(reserve_bytes) {}

void SpareSegment::prepare() {
  const std::lock_guard lock(mutex_);
  if (spare_.file == nullptr) spare_ = make(segment_bytes_);
}

bool SpareSegment::wait_until_needed(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, at_most, [this] { return spare_.file == nullptr || closed_; });
  return !closed_;
}

bool SpareSegment::pause(std::chrono::milliseconds duration) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, duration, [this] { return closed_; });
}

void SpareSegment::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

SpareSegment::Taken SpareSegment::take(std::uint64_t at_least_bytes) {
  const std::lock_guard lock(mutex_);
  if (spare_.file == nullptr || spare_.file->size() < at_least_bytes) {
    spare_ = make(std::max(segment_bytes_, at_least_bytes));
  }
  changed_.notify_all();
  return std::exchange(spare_, {});
}

SpareSegment::Taken SpareSegment::make(std::uint64_t bytes) {
  std::string name = "spare-" + std::to_string(next_name_);
  next_name_ = 1 - next_name_;
  std::unique_ptr<File> file = disk_.create(name);
  try {
    file->allocate(bytes);
  } catch (const DiskError&) {
    // What it got of the space is worth more to those who can do with less.
    disk_.remove(name);
    throw;
  }
  file->sync();
  return {std::move(file), std::move(name)};
}

}  // namespace outcry
