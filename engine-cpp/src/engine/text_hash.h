#pragma once

#include <cstdint>
#include <cstring>

#include "engine/handle_table.h"
#include "outcry/types.h"

namespace outcry {

// `seed` keeps users, who choose the texts, from aiming many of them at one place.
template <std::size_t N>
std::uint32_t hash_of(const FixedText<N>& text, std::uint64_t seed) {
  std::uint64_t hash = seed;
  for (std::size_t at = 0; at < N; at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.bytes().data() + at, std::min(sizeof word, N - at));
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return hash_of(hash);
}

}  // namespace outcry
