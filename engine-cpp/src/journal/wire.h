// Reading and writing of little-endian values in a byte buffer: what the journal's layouts are made
// of. Both sides take their fields through the same call, so that each layout is described once
// (fields.h).
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include "outcry/types.h"

namespace outcry {

static_assert(std::endian::native == std::endian::little, "integers are copied as they are");

// The values of an enumeration, without a gap.
template <class E>
struct EnumRange;

template <class E>
concept RangedEnum = std::is_enum_v<E> && requires {
  EnumRange<E>::kFirst;
  EnumRange<E>::kLast;
};

template <class T>
concept WireInteger = std::integral<T> && !std::same_as<T, bool>;

// Writes to memory that is known to be large enough (MaxBytes says how large that is).
class WireWriter {
 public:
  explicit WireWriter(std::byte* at) : at_(at) {}

  template <class... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }

  // Up to eight integers of which most are zero: a byte of presence bits, then those that are not.
  template <WireInteger... T>
  void sparse(const T&... values) {
    static_assert(sizeof...(T) <= 8);
    std::byte* present = at_++;
    unsigned bits = 0;
    unsigned bit = 1;
    const auto put_one = [&](const auto& value) {
      if (value != 0) {
        bits |= bit;
        put(value);
      }
      bit <<= 1;
    };
    (put_one(values), ...);
    *present = static_cast<std::byte>(bits);
  }

  std::byte* at() const { return at_; }

 private:
  void put(WireInteger auto value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }
  void put(bool value) { put(static_cast<std::uint8_t>(value)); }
  void put(RangedEnum auto value) { put(static_cast<std::uint8_t>(value)); }

  template <std::size_t N>
  void put(const FixedText<N>& text) {
    const std::string_view view = text.view();
    put(static_cast<std::uint8_t>(view.size()));
    // All N bytes are copied because a fixed length is cheaper; what follows overwrites the excess.
    std::memcpy(at_, text.bytes().data(), N);
    at_ += view.size();
  }

  std::byte* at_;
};

// Reads bytes that may be anything. The first thing that cannot be right makes it fail, and from
// then on it reads zeros.
class WireReader {
 public:
  explicit WireReader(std::span<const std::byte> bytes) : at_(bytes.data()), left_(bytes.size()) {}

  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }

  template <WireInteger... T>
  void sparse(T&... values) {
    std::uint8_t bits = 0;
    get(bits);
    if ((bits >> sizeof...(T)) != 0) fail();
    unsigned bit = 1;
    const auto get_one = [&](auto& value) {
      value = 0;
      if ((bits & bit) != 0) {
        get(value);
        // One value has one encoding.
        if (value == 0) fail();
      }
      bit <<= 1;
    };
    (get_one(values), ...);
  }

  bool failed() const { return failed_; }
  std::size_t left() const { return left_; }

  void fail() {
    failed_ = true;
    left_ = 0;
  }

 private:
  void get(WireInteger auto& value) {
    value = 0;
    if (left_ < sizeof value) return fail();
    std::memcpy(&value, at_, sizeof value);
    advance(sizeof value);
  }

  void get(bool& value) {
    std::uint8_t byte = 0;
    get(byte);
    if (byte > 1) fail();
    value = byte == 1;
  }

  template <RangedEnum E>
  void get(E& value) {
    std::uint8_t byte = 0;
    get(byte);
    value = EnumRange<E>::kFirst;
    if (byte < static_cast<std::uint8_t>(EnumRange<E>::kFirst) ||
        byte > static_cast<std::uint8_t>(EnumRange<E>::kLast)) {
      return fail();
    }
    value = static_cast<E>(byte);
  }

  template <std::size_t N>
  void get(FixedText<N>& text) {
    text = {};
    std::uint8_t length = 0;
    get(length);
    if (length > N || length > left_) return fail();
    const std::string_view view(reinterpret_cast<const char*>(at_), length);
    if (view.find('\0') != std::string_view::npos) return fail();
    text = FixedText<N>(view);
    advance(length);
  }

  void advance(std::size_t size) {
    at_ += size;
    left_ -= size;
  }

  const std::byte* at_;
  std::size_t left_;
  bool failed_ = false;
};

// Counts the most bytes that a layout can take; a WireWriter may touch no more. Texts count whole.
class MaxBytes {
 public:
  template <class... T>
  constexpr void operator()(const T&... values) {
    (count(values), ...);
  }
  template <WireInteger... T>
  constexpr void sparse(const T&...) {
    bytes_ += 1 + (sizeof(T) + ...);
  }
  constexpr std::size_t bytes() const { return bytes_; }

 private:
  constexpr void count(const auto& value) { bytes_ += sizeof value; }
  template <std::size_t N>
  constexpr void count(const FixedText<N>&) {
    bytes_ += 1 + N;
  }

  std::size_t bytes_ = 0;
};

}  // namespace outcry
