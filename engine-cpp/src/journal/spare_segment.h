#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "journal/disk.h"

namespace outcry {

// The file that becomes the next segment, filled with zeros ahead of its use. Thread-safe: one
// thread takes what another prepares, and waits for one that is being prepared.
class SpareSegment {
 public:
  struct Taken {
    std::unique_ptr<File> file;
    std::string name;  // until it gets its segment's
  };

  // Space is short when less than `reserve_bytes` of the disk are free besides the spare segment.
  SpareSegment(Disk& disk, std::uint64_t segment_bytes, std::uint64_t reserve_bytes = 0);

  // Makes one unless there is one.
  void prepare();
  bool short_of_space() const { return disk_.free_bytes() < reserve_bytes_; }
  // Waits until there is none, or so long. False: close() was called.
  bool wait_until_needed(std::chrono::milliseconds at_most);
  // Waits so long. False: close() was called.
  bool pause(std::chrono::milliseconds duration);
  void close();

  // A file of at least that many bytes; makes it when it is not prepared.
  Taken take(std::uint64_t at_least_bytes);

 private:
  Taken make(std::uint64_t bytes);

  Disk& disk_;
  const std::uint64_t segment_bytes_;
  const std::uint64_t reserve_bytes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // All below: guarded by mutex_.
  Taken spare_;             // without a file: none prepared
  unsigned next_name_ = 0;  // two in turn: the one taken last may not have its segment's name yet
  bool closed_ = false;
};

}  // namespace outcry
