// What the pipeline counts. Each number is written by one thread at a time and may be
// read by any.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace outcry {

class Counter {
 public:
  void add(std::uint64_t amount) { value_.store(value() + amount, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

// Counts values by the smallest power of four that is not below them: 1, 4, 16, ...
class Histogram {
 public:
  static constexpr std::size_t kBuckets = 16;

  static constexpr std::uint64_t bound(std::size_t bucket) {
    return std::uint64_t{1} << 2 * bucket;
  }

  void record(std::uint64_t value) {
    std::size_t bucket = 0;
    while (bucket < kBuckets && value > bound(bucket))
      ++bucket;
    if (bucket < kBuckets) counts_[bucket].add(1);
    count_.add(1);
    sum_.add(value);
  }

  // Values up to bound(bucket) and above the bound before.
  std::uint64_t count_in(std::size_t bucket) const { return counts_[bucket].value(); }
  std::uint64_t count() const { return count_.value(); }
  std::uint64_t sum() const { return sum_.value(); }

 private:
  std::array<Counter, kBuckets> counts_;
  Counter count_;
  Counter sum_;
};

struct PipelineMetrics {
  // The sequencer's.
  Counter requests;
  Histogram match_nanoseconds;  // of one request, averaged over those handled at a time

  // The committer's.
  Counter events;
  Counter journal_bytes;
  Histogram group_entries;
  Histogram sync_microseconds;  // of a group's write and fdatasync
};

}  // namespace outcry
