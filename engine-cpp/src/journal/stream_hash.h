#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace outcry {

// XXH3, 64 bits, of bytes that come in parts; the same as of the whole. Single thread.
class StreamHash {
 public:
  StreamHash();
  ~StreamHash();

  void update(std::span<const std::byte> bytes);
  // Of all bytes so far.
  std::uint64_t digest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace outcry
