// The two ends of a snapshot's bytes, implemented by whoever keeps them. Integrity (length,
// checksum, hash) is the keeper's; the engine checks the meaning of what it reads.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>

namespace outcry {

class SnapshotWriter {
 public:
  virtual ~SnapshotWriter() = default;

  virtual void write(std::span<const std::byte> bytes) = 0;
};

class SnapshotReader {
 public:
  virtual ~SnapshotReader() = default;

  // Fills all of `bytes`, or throws SnapshotError when there are not as many left.
  virtual void read(std::span<std::byte> bytes) = 0;
};

// The bytes are no snapshot that this engine can go on from; what() says why.
class SnapshotError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace outcry
