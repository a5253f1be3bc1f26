#include "journal/spare_segment.h"

#include <algorithm>
#include <utility>

namespace outcry {

SpareSegment::SpareSegment(Disk& disk, std::uint64_t segment_bytes)
    : disk_(disk), segment_bytes_(segment_bytes) {}

void SpareSegment::prepare() {
  const std::lock_guard lock(mutex_);
  if (file_ == nullptr) file_ = make(segment_bytes_);
}

bool SpareSegment::prepared() const {
  const std::lock_guard lock(mutex_);
  return file_ != nullptr;
}

std::unique_ptr<File> SpareSegment::take(std::uint64_t at_least_bytes) {
  const std::lock_guard lock(mutex_);
  if (file_ == nullptr || file_->size() < at_least_bytes) {
    file_ = make(std::max(segment_bytes_, at_least_bytes));
  }
  return std::move(file_);
}

std::unique_ptr<File> SpareSegment::make(std::uint64_t bytes) {
  std::unique_ptr<File> file = disk_.create(kName);
  file->allocate(bytes);
  file->sync();
  return file;
}

}  // namespace outcry
