// From 64-bit keys to objects that others own.
//
// Thread rule: one thread.
#pragma once

#include <cstdint>

#include "book/flat_table.h"
#include "outcry/assert.h"

namespace outcry {

template <class T>
class PointerMap {
 public:
  // Null when there is none.
  T* find(std::uint64_t key) const {
    const Entry* entry = entry_of(key);
    return entry == nullptr ? nullptr : entry->value;
  }

  // Precondition: the key is absent.
  void insert(std::uint64_t key, T& value) { table_.insert(Entry{key, &value}); }

  // Precondition: the key is present.
  void erase(std::uint64_t key) {
    Entry* entry = entry_of(key);
    OUTCRY_ASSERT(entry != nullptr);
    table_.erase(*entry);
  }

  std::size_t size() const { return table_.size(); }
  std::size_t bytes() const { return table_.bytes(); }

 private:
  struct Entry {
    std::uint64_t key = 0;
    T* value = nullptr;

    bool empty() const { return value == nullptr; }
    std::uint64_t hash() const { return golden_hash(key); }
  };

  Entry* entry_of(std::uint64_t key) const {
    return table_.find(golden_hash(key), [&](const Entry& entry) { return entry.key == key; });
  }

  FlatTable<Entry> table_;
};

}  // namespace outcry
