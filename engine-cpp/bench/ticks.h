// Time stamps cheap enough for a single command.
#pragma once

#include <chrono>
#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace outcry::bench {

using Ticks = std::uint64_t;

// Everything before it is done when it is read, and nothing after it has begun.
inline Ticks ticks() {
#if defined(__x86_64__)
  unsigned processor = 0;
  const Ticks now = __rdtscp(&processor);
  _mm_lfence();
  return now;
#else
  return static_cast<Ticks>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

// How long a tick is, by a busy wait of 20 ms against the steady clock.
inline double nanoseconds_per_tick() {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const Ticks first = ticks();
  auto now = start;
  while (now - start < std::chrono::milliseconds(20))
    now = Clock::now();
  const auto elapsed = std::chrono::duration_cast<std::chrono::nanoseconds>(now - start);
  return static_cast<double>(elapsed.count()) / static_cast<double>(ticks() - first);
}

}  // namespace outcry::bench
