// A hash table from 64-bit keys to objects that others own. Open addressing with linear probing; an
// erase shifts the run back, so there are no tombstones and old tables are as fast as new ones.
// Multiplying by the golden ratio spreads ascending keys evenly: the identity would pile up runs of
// long-lived ids that a new id, wrapped around the table, had to walk to their end.
//
// Thread rule: one thread.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

#include "book/pages.h"
#include "outcry/assert.h"

namespace outcry {

// A table is filled to `kMaxLoad` eighths. At 2 or less, keys of one dense range never collide: the
// multiples of the golden ratio lie too far apart.
template <class T, std::size_t kMaxLoad = 5>
class PointerMap {
 public:
  explicit PointerMap(std::size_t capacity = 16) { allocate(std::bit_ceil(capacity)); }

  // Null when there is none.
  T* find(std::uint64_t key) const {
    for (std::size_t i = home(key);; i = (i + 1) & mask_) {
      const Entry& entry = entries_[i];
      if (entry.key == key || entry.value == nullptr) return entry.value;
    }
  }

  // Precondition: the key is absent.
  void insert(std::uint64_t key, T& value) {
    if (size_ >= limit_) [[unlikely]]
      grow(2 * (mask_ + 1));
    place(key, &value);
    ++size_;
  }

  // Precondition: the key is present.
  void erase(std::uint64_t key) {
    std::size_t hole = home(key);
    while (entries_[hole].key != key || entries_[hole].value == nullptr) {
      OUTCRY_ASSERT(entries_[hole].value != nullptr);
      hole = (hole + 1) & mask_;
    }
    for (std::size_t i = (hole + 1) & mask_; entries_[i].value != nullptr; i = (i + 1) & mask_) {
      // An entry may move back into the hole unless its home lies behind the hole.
      const bool home_after_hole = ((i - home(entries_[i].key)) & mask_) < ((i - hole) & mask_);
      if (home_after_hole) continue;
      entries_[hole] = entries_[i];
      hole = i;
    }
    entries_[hole] = Entry{};
    --size_;
  }

  // Makes room for `count` entries without another allocation.
  void reserve(std::size_t count) {
    const std::size_t capacity = std::bit_ceil(count * 8 / kMaxLoad + 1);
    if (capacity > mask_ + 1) grow(capacity);
  }

  void prefetch(std::uint64_t key) const { __builtin_prefetch(&entries_[home(key)]); }

  std::size_t size() const { return size_; }
  std::size_t bytes() const { return (mask_ + 1) * sizeof(Entry); }

 private:
  struct Entry {
    std::uint64_t key = 0;
    T* value = nullptr;
  };

  std::size_t home(std::uint64_t key) const {
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15u) >> shift_);
  }

  void place(std::uint64_t key, T* value) {
    std::size_t i = home(key);
    while (entries_[i].value != nullptr)
      i = (i + 1) & mask_;
    entries_[i] = Entry{key, value};
  }

  void allocate(std::size_t capacity) {
    pages_ = allocate_pages(capacity * sizeof(Entry));
    entries_ = reinterpret_cast<Entry*>(pages_.get());
    std::memset(static_cast<void*>(entries_), 0, capacity * sizeof(Entry));
    mask_ = capacity - 1;
    shift_ = static_cast<unsigned>(64 - std::countr_zero(capacity));
    limit_ = capacity * kMaxLoad / 8;
  }

  void grow(std::size_t capacity) {
    const Pages old_pages = std::move(pages_);
    const Entry* old = entries_;
    const std::size_t old_capacity = mask_ + 1;
    allocate(capacity);
    for (std::size_t i = 0; i < old_capacity; ++i) {
      if (old[i].value != nullptr) place(old[i].key, old[i].value);
    }
  }

  Entry* entries_ = nullptr;
  std::size_t mask_ = 0;
  unsigned shift_ = 0;
  std::size_t size_ = 0;
  std::size_t limit_ = 0;
  Pages pages_;
};

}  // namespace outcry
