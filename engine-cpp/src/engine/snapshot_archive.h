// Fields to and from a snapshot's bytes: little-endian, without padding, in the order given.
//
// Single thread.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>

#include "engine/snapshot.h"
#include "outcry/types.h"
#include "risk/money.h"

namespace outcry {

static_assert(std::endian::native == std::endian::little);

// What is written as its bytes are.
template <class T>
inline constexpr bool kIsScalar =
    std::is_integral_v<T> || std::is_enum_v<T> || std::is_same_v<T, Wide>;

class SnapshotOut {
 public:
  explicit SnapshotOut(SnapshotWriter& writer)
      : writer_(writer), buffer_(std::make_unique<std::byte[]>(kBufferBytes)) {}

  template <class... T>
  void operator()(const T&... fields) {
    (put(fields), ...);
  }

  // To be called once, after the last field.
  void flush() {
    writer_.write({buffer_.get(), used_});
    used_ = 0;
  }

 private:
  static constexpr std::size_t kBufferBytes = 64 * 1024;

  template <class T>
  requires kIsScalar<T>
  void put(const T& value) { put_bytes(&value, sizeof value); }
  template <std::size_t N>
  void put(const FixedText<N>& text) {
    put_bytes(text.bytes().data(), N);
  }
  void put_bytes(const void* bytes, std::size_t count) {
    if (used_ + count > kBufferBytes) flush();
    std::memcpy(buffer_.get() + used_, bytes, count);
    used_ += count;
  }

  SnapshotWriter& writer_;
  std::unique_ptr<std::byte[]> buffer_;
  std::size_t used_ = 0;
};

class SnapshotIn {
 public:
  explicit SnapshotIn(SnapshotReader& reader) : reader_(reader) {}

  // Throws SnapshotError.
  template <class... T>
  void operator()(T&... fields) {
    (get(fields), ...);
  }

  void require(bool condition, const char* what) const {
    if (!condition) throw SnapshotError(std::string("snapshot: ") + what);
  }

 private:
  template <class T>
  requires kIsScalar<T>
  void get(T& value) { reader_.read(std::as_writable_bytes(std::span(&value, 1))); }
  void get(bool& value) {
    std::uint8_t byte = 0;
    get(byte);
    require(byte <= 1, "a flag is neither 0 nor 1");
    value = byte == 1;
  }
  template <std::size_t N>
  void get(FixedText<N>& text) {
    std::array<char, N> bytes{};
    reader_.read(std::as_writable_bytes(std::span(bytes)));
    text = FixedText<N>(std::string_view(bytes.data(), N));
  }

  SnapshotReader& reader_;
};

}  // namespace outcry
