// Fixed-size objects at stable addresses. Freed ones are reused, last freed first; memory goes back
// only when the pool ends, so a pool that has grown to its load allocates no more.
//
// Thread rule: one thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include "book/pages.h"
#include "book/poison.h"

namespace outcry {

template <class T>
class Pool {
  static_assert(std::is_trivially_destructible_v<T>);
  static_assert(sizeof(T) >= sizeof(void*));

 public:
  Pool() = default;
  ~Pool() {
    for (const Slab& slab : slabs_)
      unpoison(slab.pages.get(), slab.bytes);
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  template <class... Args>
  T& create(Args&&... args) {
    if (free_ == nullptr && bump_ == bump_end_) [[unlikely]]
      add_slab();
    std::byte* slot;
    if (free_ != nullptr) {
      slot = reinterpret_cast<std::byte*>(free_);
      free_ = free_->next;
    } else {
      slot = bump_;
      bump_ += sizeof(T);
    }
    unpoison(slot, sizeof(T));
    return *::new (slot) T(std::forward<Args>(args)...);
  }

  void destroy(T& object) {
    free_ = ::new (static_cast<void*>(&object)) Free{free_};
    poison(free_ + 1, sizeof(T) - sizeof(Free));
  }

  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kFirstSlabBytes = 4096;

  struct Free {
    Free* next;
  };
  struct Slab {
    Pages pages;
    std::size_t bytes;
  };

  // Slabs double up to one huge page, so that a small pool stays small.
  void add_slab() {
    const std::size_t size = std::max(sizeof(T), next_slab_bytes_);
    slabs_.push_back(Slab{allocate_pages(size), size});
    bump_ = slabs_.back().pages.get();
    bump_end_ = bump_ + size / sizeof(T) * sizeof(T);
    bytes_ += size;
    next_slab_bytes_ = std::min(2 * size, kHugePageBytes);
  }

  Free* free_ = nullptr;
  std::byte* bump_ = nullptr;
  std::byte* bump_end_ = nullptr;
  std::vector<Slab> slabs_;
  std::size_t next_slab_bytes_ = kFirstSlabBytes;
  std::size_t bytes_ = 0;
};

}  // namespace outcry
