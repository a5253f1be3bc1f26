#include "sync_bench.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include "journal/posix_disk.h"
#include "percentiles.h"

namespace outcry::bench {

SyncBenchResult run_sync_bench(const std::string& directory) {
  constexpr std::size_t kBlock = 4'096;
  constexpr std::size_t kWrites = 1'000;
  PosixDisk disk(directory);
  const auto file = disk.create("sync-bench");
  file->allocate(kBlock * kWrites);
  file->sync();
  const std::vector<std::byte> block(kBlock, std::byte{1});
  std::vector<double> microseconds;
  for (std::size_t i = 0; i < kWrites; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    file->write(i * kBlock, block);
    file->sync();
    microseconds.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  disk.remove("sync-bench");
  std::ranges::sort(microseconds);
  return {percentile(microseconds, 0.5), percentile(microseconds, 0.99)};
}

}  // namespace outcry::bench
