// The disk alone: what a write of 4 KiB and its fdatasync take.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "journal/posix_disk.h"

namespace outcry::bench {

// Writes and syncs a file of its own, a few blocks at a time, so that it can be measured between
// the steps of something else: a disk is not equally fast for long. Single thread.
class SyncBench {
 public:
  // For so many writes in all.
  SyncBench(const std::string& directory, std::size_t writes);
  ~SyncBench();
  SyncBench(const SyncBench&) = delete;
  SyncBench& operator=(const SyncBench&) = delete;

  // Adds what each of them took, in microseconds.
  void run(std::size_t writes, std::vector<double>& microseconds);

 private:
  PosixDisk disk_;
  std::unique_ptr<File> file_;
  std::size_t written_ = 0;
};

}  // namespace outcry::bench
