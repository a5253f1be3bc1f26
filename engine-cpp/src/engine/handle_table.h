// A hash table that finds 32-bit handles of objects kept elsewhere. Open addressing with linear
// probing; an erase shifts the run back, so there are no tombstones. The order of its entries means
// nothing and is never read.
//
// Single thread. No allocation once it has held as many handles before.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "outcry/assert.h"

namespace outcry {

using Handle = std::uint32_t;
inline constexpr Handle kNoHandle = ~Handle{0};

// Spreads all bits of a number over 32.
constexpr std::uint32_t hash_of(std::uint64_t key) {
  key = (key ^ (key >> 32)) * 0x9E3779B97F4A7C15u;
  key = (key ^ (key >> 29)) * 0xBF58476D1CE4E5B9u;
  return static_cast<std::uint32_t>(key >> 32);
}

class HandleTable {
 public:
  explicit HandleTable(std::size_t expected = 0) { reserve(expected); }

  // `is(handle)` tells whether the object of that handle is the one that is looked for.
  template <class Is>
  Handle find(std::uint32_t hash, Is&& is) const {
    for (std::size_t i = hash & mask_;; i = (i + 1) & mask_) {
      const Entry& entry = entries_[i];
      if (entry.handle == kNoHandle) return kNoHandle;
      if (entry.hash == hash && is(entry.handle)) return entry.handle;
    }
  }

  // Precondition: the object is not in the table.
  void insert(std::uint32_t hash, Handle handle) {
    if (size_ + 1 > entries_.size() / 8 * 5) grow(2 * entries_.size());
    place(Entry{hash, handle});
    ++size_;
  }

  // Precondition: inserted with that hash.
  void erase(std::uint32_t hash, Handle handle) {
    std::size_t hole = hash & mask_;
    while (entries_[hole].handle != handle) {
      OUTCRY_ASSERT(entries_[hole].handle != kNoHandle);
      hole = (hole + 1) & mask_;
    }
    for (std::size_t i = (hole + 1) & mask_; entries_[i].handle != kNoHandle; i = (i + 1) & mask_) {
      const bool home_is_behind_hole = ((i - entries_[i].hash) & mask_) < ((i - hole) & mask_);
      if (home_is_behind_hole) continue;
      entries_[hole] = entries_[i];
      hole = i;
    }
    entries_[hole] = Entry{};
    --size_;
  }

  // Makes room for `count` handles without another allocation.
  void reserve(std::size_t count) {
    const std::size_t capacity = std::bit_ceil(count + count * 3 / 5 + kSmallest);
    if (capacity > entries_.size()) grow(capacity);
  }

  void prefetch(std::uint32_t hash) const { __builtin_prefetch(&entries_[hash & mask_]); }

  std::size_t size() const { return size_; }
  std::size_t bytes() const { return entries_.size() * sizeof(Entry); }

 private:
  struct Entry {
    std::uint32_t hash = 0;
    Handle handle = kNoHandle;
  };

  static constexpr std::size_t kSmallest = 16;

  void place(Entry entry) {
    std::size_t i = entry.hash & mask_;
    while (entries_[i].handle != kNoHandle)
      i = (i + 1) & mask_;
    entries_[i] = entry;
  }

  void grow(std::size_t capacity) {
    std::vector<Entry> old = std::exchange(entries_, std::vector<Entry>(capacity));
    mask_ = capacity - 1;
    for (const Entry& entry : old) {
      if (entry.handle != kNoHandle) place(entry);
    }
  }

  std::vector<Entry> entries_;
  std::size_t mask_ = 0;
  std::size_t size_ = 0;
};

}  // namespace outcry
