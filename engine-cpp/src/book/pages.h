// Memory for slabs and tables: aligned to cache lines, and on huge pages once it is large enough.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace outcry {

inline constexpr std::size_t kCacheLineBytes = 64;
inline constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

struct FreePages {
  void operator()(std::byte* pages) const noexcept { std::free(pages); }
};
using Pages = std::unique_ptr<std::byte[], FreePages>;

// At least `bytes` bytes of uninitialised memory. Throws std::bad_alloc.
inline Pages allocate_pages(std::size_t bytes) {
  const std::size_t alignment = bytes >= kHugePageBytes ? kHugePageBytes : kCacheLineBytes;
  const std::size_t size = (bytes + alignment - 1) / alignment * alignment;
  void* memory = std::aligned_alloc(alignment, size);
  if (memory == nullptr) throw std::bad_alloc();
  // Only a hint: without huge pages everything works, a little slower.
  if (alignment == kHugePageBytes) (void)madvise(memory, size, MADV_HUGEPAGE);
  return Pages(static_cast<std::byte*>(memory));
}

}  // namespace outcry
