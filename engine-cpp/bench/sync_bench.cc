#include "sync_bench.h"

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "percentiles.h"

namespace outcry::bench {
namespace {

constexpr std::size_t kBlock = 4'096;
constexpr const char* kName = "sync-bench";

}  // namespace

SyncBench::SyncBench(const std::string& directory, std::size_t writes)
    : disk_(directory), file_(disk_.create(kName)) {
  file_->allocate(kBlock * writes);
  file_->sync();
  microseconds_.reserve(writes);
}

SyncBench::~SyncBench() {
  disk_.remove(kName);
}

void SyncBench::run(std::size_t writes) {
  const std::vector<std::byte> block(kBlock, std::byte{1});
  for (std::size_t i = 0; i < writes; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    file_->write(microseconds_.size() * kBlock, block);
    file_->sync();
    microseconds_.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
            .count());
  }
}

SyncBenchResult SyncBench::result() const {
  std::vector<double> sorted = microseconds_;
  std::ranges::sort(sorted);
  return {percentile(sorted, 0.5), percentile(sorted, 0.99)};
}

}  // namespace outcry::bench
