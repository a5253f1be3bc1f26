// The disk alone: what a write of 4 KiB and its fdatasync take.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "journal/posix_disk.h"

namespace outcry::bench {

struct SyncBenchResult {
  double p50 = 0;  // microseconds
  double p99 = 0;
};

// Writes and syncs a file of its own, a few blocks at a time, so that it can be measured between
// the steps of something else: a disk is not equally fast for long. Single thread.
class SyncBench {
 public:
  // For so many writes in all.
  SyncBench(const std::string& directory, std::size_t writes);
  ~SyncBench();
  SyncBench(const SyncBench&) = delete;
  SyncBench& operator=(const SyncBench&) = delete;

  void run(std::size_t writes);

  // Of all runs.
  SyncBenchResult result() const;

 private:
  PosixDisk disk_;
  std::unique_ptr<File> file_;
  std::vector<double> microseconds_;
};

}  // namespace outcry::bench
