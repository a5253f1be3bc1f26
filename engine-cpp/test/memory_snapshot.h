#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "engine/snapshot.h"

namespace outcry::test {

// A snapshot that is kept in memory.
class MemorySnapshot final : public SnapshotWriter, public SnapshotReader {
 public:
  void write(std::span<const std::byte> bytes) override {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }

  void read(std::span<std::byte> bytes) override {
    if (bytes.size() > bytes_.size() - read_) throw SnapshotError("snapshot: ends too early");
    std::memcpy(bytes.data(), bytes_.data() + read_, bytes.size());
    read_ += bytes.size();
  }

  bool read_to_the_end() const { return read_ == bytes_.size(); }
  std::vector<std::byte>& bytes() { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
  std::size_t read_ = 0;
};

}  // namespace outcry::test
