// Reading and writing of values in a byte buffer: what the journal's layouts are made of. Both
// sides take their fields through the same call, so that each layout is described once (fields.h).
//
// Integers of more than one byte take as many as their value needs: 7 bits a byte, lowest first,
// the top bit of each byte telling that another follows; signed ones with their sign in the lowest
// bit. Most are small, so this halves the journal. One value has one encoding.
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

static_assert(std::endian::native == std::endian::little, "fixed ones are copied as they are");

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

inline constexpr unsigned kVarintBits = 7;  // of the value, in one byte
inline constexpr std::uint8_t kVarintMore = 0x80;
inline constexpr std::uint64_t kMoreInEveryByte = 0x8080'8080'8080'8080;

template <WireInteger T>
constexpr std::size_t most_varint_bytes() {
  return sizeof(T) == 1 ? 1 : (8 * sizeof(T) + kVarintBits - 1) / kVarintBits;
}

// The sign goes to the lowest bit, so that what is close to zero is small.
constexpr std::uint64_t fold_sign(std::signed_integral auto value) {
  const std::int64_t wide = value;
  return static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63);
}
constexpr std::uint64_t fold_sign(std::unsigned_integral auto value) {
  return value;
}

template <WireInteger T>
constexpr T unfold_sign(std::uint64_t folded) {
  if constexpr (std::signed_integral<T>) {
    return static_cast<T>(static_cast<std::int64_t>(folded >> 1 ^ (~(folded & 1) + 1)));
  } else {
    return static_cast<T>(folded);
  }
}

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

  // As they are in memory: what must not move when its value changes.
  template <WireInteger... T>
  void fixed(const T&... values) {
    (put_fixed(values), ...);
  }

  std::byte* at() const { return at_; }

 private:
  void put_fixed(WireInteger auto value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }

  template <WireInteger T>
  void put(T value) {
    if constexpr (sizeof(T) == 1) {
      *at_++ = static_cast<std::byte>(value);
    } else {
      put_varint(fold_sign(value));
    }
  }

  // Most values are of any length but the longest: those are spread over the bytes and their length
  // is counted, without a branch that a processor could guess wrong.
  void put_varint(std::uint64_t value) {
    constexpr std::size_t kWord = sizeof value;
    if (value >> (kWord * kVarintBits) != 0) [[unlikely]] {
      for (; value >= kVarintMore; value >>= kVarintBits)
        *at_++ = static_cast<std::byte>(value | kVarintMore);
      *at_++ = static_cast<std::byte>(value);
      return;
    }
    const auto bits = static_cast<unsigned>(std::bit_width(value | 1));
    const unsigned length = (bits + kVarintBits - 1) / kVarintBits;
    const std::uint64_t more = kMoreInEveryByte & ((std::uint64_t{1} << 8 * (length - 1)) - 1);
    const std::uint64_t bytes = spread(value) | more;
    std::memcpy(at_, &bytes, kWord);
    at_ += length;
  }

  // Moves each group of 7 bits to a byte of its own: halves first, then quarters, then eighths.
  static constexpr std::uint64_t spread(std::uint64_t value) {
    value = (value & 0x000000000FFFFFFF) | (value & 0x00FFFFFFF0000000) << 4;
    value = (value & 0x00003FFF00003FFF) | (value & 0x0FFFC0000FFFC000) << 2;
    return (value & 0x007F007F007F007F) | (value & 0x3F803F803F803F80) << 1;
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

  template <WireInteger... T>
  void fixed(T&... values) {
    (get_fixed(values), ...);
  }

  bool failed() const { return failed_; }
  std::size_t left() const { return left_; }

  void fail() {
    failed_ = true;
    left_ = 0;
  }

 private:
  void get_fixed(WireInteger auto& value) {
    value = 0;
    if (left_ < sizeof value) return fail();
    std::memcpy(&value, at_, sizeof value);
    advance(sizeof value);
  }

  template <WireInteger T>
  void get(T& value) {
    if constexpr (sizeof(T) == 1) {
      get_fixed(value);
    } else {
      value = 0;
      std::uint64_t bits = 0;
      if (!get_varint(bits)) return fail();
      value = unfold_sign<T>(bits);
      if (fold_sign(value) != bits) return fail();  // more than a T can be
    }
  }

  // False: there is no such value, or it could have been shorter.
  bool get_varint(std::uint64_t& bits) {
    for (unsigned shift = 0; left_ > 0 && shift < 64; shift += kVarintBits) {
      const auto byte = std::to_integer<std::uint8_t>(*at_);
      const std::uint64_t part = byte & (kVarintMore - 1U);
      advance(1);
      bits |= part << shift;
      if (bits >> shift != part) return false;
      if ((byte & kVarintMore) == 0) return byte != 0 || shift == 0;
    }
    return false;
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
    bytes_ += 1 + (most_varint_bytes<T>() + ...);
  }
  constexpr std::size_t bytes() const { return bytes_; }

 private:
  template <WireInteger T>
  constexpr void count(const T&) {
    bytes_ += most_varint_bytes<T>();
  }
  constexpr void count(bool) { ++bytes_; }
  constexpr void count(RangedEnum auto) { ++bytes_; }
  template <std::size_t N>
  constexpr void count(const FixedText<N>&) {
    bytes_ += 1 + N;
  }

  std::size_t bytes_ = 0;
};

}  // namespace outcry
