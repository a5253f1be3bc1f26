// Fixed-size objects with 32-bit handles and stable addresses. Freed ones are reused, last freed
// first, so handles are a function of what was created and destroyed in which order.
//
// Single thread. No allocation once it has held as many objects before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include "engine/handle_table.h"
#include "outcry/assert.h"

namespace outcry {

template <class T>
class Slabs {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Handle create(const T& value) {
    if (free_.empty()) {
      if (used_ == slabs_.size() * kSlabObjects) add_slab();
      (*this)[static_cast<Handle>(used_)] = value;
      return static_cast<Handle>(used_++);
    }
    const Handle handle = free_.back();
    free_.pop_back();
    (*this)[handle] = value;
    return handle;
  }

  void destroy(Handle handle) { free_.push_back(handle); }

  T& operator[](Handle handle) { return slabs_[handle / kSlabObjects][handle % kSlabObjects]; }
  const T& operator[](Handle handle) const {
    return slabs_[handle / kSlabObjects][handle % kSlabObjects];
  }

  std::size_t size() const { return used_ - free_.size(); }
  std::size_t bytes() const {
    return slabs_.size() * kSlabObjects * sizeof(T) + free_.capacity() * sizeof(Handle);
  }

 private:
  static constexpr std::size_t kSlabObjects = 1024;

  void add_slab() {
    OUTCRY_ASSERT(used_ + kSlabObjects < kNoHandle);
    slabs_.push_back(std::make_unique_for_overwrite<T[]>(kSlabObjects));
    // So that destroy() never allocates.
    free_.reserve(slabs_.capacity() * kSlabObjects);
  }

  std::vector<std::unique_ptr<T[]>> slabs_;
  std::vector<Handle> free_;
  std::size_t used_ = 0;
};

}  // namespace outcry
