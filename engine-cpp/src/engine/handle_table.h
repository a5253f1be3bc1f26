// A hash table that finds 32-bit handles of objects kept elsewhere. The order of its entries means
// nothing and is never read.
//
// Single thread. No allocation once it has held as many handles before.
#pragma once

#include <cstddef>
#include <cstdint>

#include "book/flat_table.h"
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
    const Entry* entry = table_.find(wide(hash), [&](const Entry& other) {
      return other.low_hash == hash && is(other.handle());
    });
    return entry == nullptr ? kNoHandle : entry->handle();
  }

  // Precondition: the object is not in the table.
  void insert(std::uint32_t hash, Handle handle) { table_.insert(Entry{hash, handle + 1}); }

  // Precondition: inserted with that hash.
  void erase(std::uint32_t hash, Handle handle) {
    Entry* entry =
        table_.find(wide(hash), [&](const Entry& other) { return other.handle() == handle; });
    OUTCRY_ASSERT(entry != nullptr);
    table_.erase(*entry);
  }

  // Makes room for `count` handles without another allocation.
  void reserve(std::size_t count) { table_.reserve(count); }

  void prefetch(std::uint32_t hash) const { table_.prefetch(wide(hash)); }

  std::size_t size() const { return table_.size(); }
  std::size_t bytes() const { return table_.bytes(); }

 private:
  struct Entry {
    std::uint32_t low_hash = 0;
    std::uint32_t after_handle = 0;  // one more than the handle; 0: empty

    bool empty() const { return after_handle == 0; }
    std::uint64_t hash() const { return wide(low_hash); }
    Handle handle() const { return after_handle - 1; }
  };

  // The upper bits are those that count.
  static std::uint64_t wide(std::uint32_t hash) { return std::uint64_t{hash} << 32; }

  FlatTable<Entry> table_;
};

}  // namespace outcry
