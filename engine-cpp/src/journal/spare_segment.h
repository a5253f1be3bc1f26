#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "journal/disk.h"

namespace outcry {

// The file that becomes the next segment, filled with zeros ahead of its use. Thread-safe: one
// thread takes what another prepares, and waits for one that is being prepared.
class SpareSegment {
 public:
  static constexpr const char* kName = "spare";

  SpareSegment(Disk& disk, std::uint64_t segment_bytes);

  // Makes one unless there is one.
  void prepare();

  bool prepared() const;

  // The file, still named kName, of at least that many bytes; makes it when it is not prepared.
  std::unique_ptr<File> take(std::uint64_t at_least_bytes);

 private:
  std::unique_ptr<File> make(std::uint64_t bytes);

  Disk& disk_;
  const std::uint64_t segment_bytes_;
  mutable std::mutex mutex_;
  std::unique_ptr<File> file_;  // guarded by mutex_; null: none prepared
};

}  // namespace outcry
