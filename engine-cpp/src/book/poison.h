// Tells AddressSanitizer, in builds that have it, which recycled memory is dead: without it, using
// an object after it went back to its pool would pass unnoticed.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace outcry {

#if defined(__SANITIZE_ADDRESS__)
inline void poison(void* memory, std::size_t bytes) {
  __asan_poison_memory_region(memory, bytes);
}
inline void unpoison(void* memory, std::size_t bytes) {
  __asan_unpoison_memory_region(memory, bytes);
}
#else
inline void poison(void*, std::size_t) {}
inline void unpoison(void*, std::size_t) {}
#endif

}  // namespace outcry
