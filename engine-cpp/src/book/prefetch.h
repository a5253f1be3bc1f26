// Asks for memory before it is needed. Any address will do: nothing is read.
#pragma once

#include <cstddef>

#include "book/pages.h"

namespace outcry {

inline void prefetch_line(const void* address) {
  __builtin_prefetch(address);
}

template <class T>
void prefetch_lines(const T& object) {
  const auto* bytes = reinterpret_cast<const std::byte*>(&object);
  for (std::size_t at = 0; at < sizeof(T); at += kCacheLineBytes)
    prefetch_line(bytes + at);
}

// To be written: taken from the processor that has it.
inline void prefetch_for_writing(const void* address, std::size_t bytes) {
  const auto* begin = static_cast<const std::byte*>(address);
  for (std::size_t at = 0; at < bytes; at += kCacheLineBytes)
    __builtin_prefetch(begin + at, 1);
}

}  // namespace outcry
