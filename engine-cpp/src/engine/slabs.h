// Fixed-size objects with 32-bit handles and stable addresses. Freed ones are reused, last freed
// first.
//
// Single thread. No allocation once it has held as many objects before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <vector>

#include "book/pages.h"
#include "engine/handle_table.h"
#include "outcry/assert.h"

namespace outcry {

template <class T>
class Slabs {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Handle create(const T& value) {
    if (free_.empty() && used_ == slabs_.size() * kSlabObjects) [[unlikely]]
      add_slab();
    Handle handle = static_cast<Handle>(used_);
    if (free_.empty()) {
      ++used_;
    } else {
      handle = free_.back();
      free_.pop_back();
    }
    ::new (static_cast<void*>(&(*this)[handle])) T(value);
    return handle;
  }

  void destroy(Handle handle) { free_.push_back(handle); }

  T& operator[](Handle handle) {
    return reinterpret_cast<T*>(slabs_[handle / kSlabObjects].get())[handle % kSlabObjects];
  }
  const T& operator[](Handle handle) const { return const_cast<Slabs&>(*this)[handle]; }

  std::size_t size() const { return used_ - free_.size(); }
  std::size_t bytes() const {
    return slabs_.size() * kSlabObjects * sizeof(T) + free_.capacity() * sizeof(Handle);
  }

 private:
  static constexpr std::size_t kSlabObjects = 4'096;

  void add_slab() {
    OUTCRY_ASSERT(used_ + kSlabObjects < kNoHandle);
    slabs_.push_back(allocate_pages(kSlabObjects * sizeof(T)));
    // So that destroy() never allocates.
    free_.reserve(slabs_.capacity() * kSlabObjects);
  }

  std::vector<Pages> slabs_;
  std::vector<Handle> free_;
  std::size_t used_ = 0;
};

}  // namespace outcry
