// A hash table of small entries: open addressing with linear probing, where an erase shifts the run
// back, so that there are no tombstones and an old table is as fast as a new one.
//
// An Entry is trivially copyable, all zero bytes when it is empty, and has `bool empty() const` and
// `std::uint64_t hash() const`, of which the upper bits count. A table is filled to `kMaxLoad`
// eighths.
//
// Thread rule: one thread.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "book/pages.h"

namespace outcry {

// Spreads ascending keys evenly over the upper bits. The identity would pile up runs of long-lived
// ids that a new id, wrapped around the table, had to walk to their end.
constexpr std::uint64_t golden_hash(std::uint64_t key) {
  return key * 0x9E3779B97F4A7C15u;
}

template <class Entry, std::size_t kMaxLoad = 5>
class FlatTable {
  static_assert(std::is_trivially_copyable_v<Entry>);

 public:
  FlatTable() { allocate(kFirstCapacity); }

  // Null when none with that hash matches.
  template <class Matches>
  Entry* find(std::uint64_t hash, Matches&& matches) const {
    for (std::size_t i = home(hash);; i = (i + 1) & mask_) {
      Entry& entry = entries_[i];
      if (entry.empty()) return nullptr;
      if (matches(entry)) return &entry;
    }
  }

  // Precondition: no entry matches what this one does.
  void insert(const Entry& entry) {
    if (size_ >= limit_) [[unlikely]]
      resize(2 * (mask_ + 1));
    place(entry);
    ++size_;
  }

  // Precondition: an entry of this table, as find() returned it.
  void erase(Entry& entry) {
    auto hole = static_cast<std::size_t>(&entry - entries_);
    for (std::size_t i = (hole + 1) & mask_; !entries_[i].empty(); i = (i + 1) & mask_) {
      // An entry may move back into the hole unless its home lies behind the hole.
      const std::size_t from_home = (i - home(entries_[i].hash())) & mask_;
      if (from_home < ((i - hole) & mask_)) continue;
      entries_[hole] = entries_[i];
      hole = i;
    }
    entries_[hole] = Entry{};
    --size_;
  }

  // Makes room for `count` entries without another allocation.
  void reserve(std::size_t count) {
    const std::size_t capacity = std::bit_ceil(count * 8 / kMaxLoad + 1);
    if (capacity > mask_ + 1) resize(capacity);
  }

  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&entries_[home(hash)]); }

  std::size_t size() const { return size_; }
  std::size_t bytes() const { return (mask_ + 1) * sizeof(Entry); }

 private:
  static constexpr std::size_t kFirstCapacity = 16;

  std::size_t home(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> shift_); }

  void place(const Entry& entry) {
    std::size_t i = home(entry.hash());
    while (!entries_[i].empty())
      i = (i + 1) & mask_;
    entries_[i] = entry;
  }

  void allocate(std::size_t capacity) {
    pages_ = allocate_pages(capacity * sizeof(Entry));
    entries_ = reinterpret_cast<Entry*>(pages_.get());
    std::memset(static_cast<void*>(entries_), 0, capacity * sizeof(Entry));
    mask_ = capacity - 1;
    shift_ = static_cast<unsigned>(64 - std::countr_zero(capacity));
    limit_ = capacity * kMaxLoad / 8;
  }

  void resize(std::size_t capacity) {
    const Pages old_pages = std::move(pages_);
    const Entry* old = entries_;
    const std::size_t old_capacity = mask_ + 1;
    allocate(capacity);
    for (std::size_t i = 0; i < old_capacity; ++i) {
      if (!old[i].empty()) place(old[i]);
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
