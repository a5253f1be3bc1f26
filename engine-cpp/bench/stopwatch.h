// Seconds of the wall clock, and of this thread's processor time: on a shared machine the second
// tells what the first would be on an idle one.
#pragma once

#include <ctime>

namespace outcry::bench {

struct Elapsed {
  double wall_seconds = 0;
  double cpu_seconds = 0;
};

class Stopwatch {
 public:
  Elapsed elapsed() const {
    return {seconds(CLOCK_MONOTONIC) - wall_start_, seconds(CLOCK_THREAD_CPUTIME_ID) - cpu_start_};
  }

 private:
  static double seconds(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  }

  double wall_start_ = seconds(CLOCK_MONOTONIC);
  double cpu_start_ = seconds(CLOCK_THREAD_CPUTIME_ID);
};

}  // namespace outcry::bench
