// The disk alone: what a write of 4 KiB and its fdatasync take.
#pragma once

#include <string>

namespace outcry::bench {

struct SyncBenchResult {
  double p50 = 0;  // microseconds
  double p99 = 0;
};

SyncBenchResult run_sync_bench(const std::string& directory);

}  // namespace outcry::bench
