#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace outcry::bench {

// The smallest value that at least `fraction` of the values do not exceed. Precondition: sorted,
// not empty, 0 < fraction <= 1.
template <class T>
T percentile(const std::vector<T>& sorted, double fraction) {
  const auto size = static_cast<double>(sorted.size());
  const auto rank = static_cast<std::size_t>(fraction * size + 0.999'999);
  return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

template <class T>
T median(std::vector<T> values) {
  std::sort(values.begin(), values.end());
  return percentile(values, 0.5);
}

struct Latency {
  double p50 = 0;
  double p99 = 0;
};

inline Latency latency_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {percentile(values, 0.5), percentile(values, 0.99)};
}

}  // namespace outcry::bench
