// Every open order of an engine, of all instruments, by its id: those that rest in a book, and
// those that wait outside (stops).
//
// Thread rule: one thread. No allocation once it has held as many orders before.
#pragma once

#include "book/flat_table.h"
#include "book/order.h"
#include "book/order_slots.h"
#include "outcry/assert.h"

namespace outcry {

class OrderStore {
 public:
  // Null when there is no open order of that id.
  Order* find(OrderId id) const {
    const Entry* entry = entry_of(id);
    return entry == nullptr ? nullptr : &slots_.at(entry->slot);
  }

  // A new order that rests nowhere yet. Precondition: the id is not in the store.
  Order& create(OrderId id) {
    Order& order = slots_.create(id);
    index_.insert(Entry{static_cast<std::uint32_t>(id), slots_.slot_of(order)});
    return order;
  }

  // Precondition: the order is in the store and rests in no book any more.
  void erase(Order& order) {
    OUTCRY_ASSERT(!order.rests());
    const OrderSlots::Slot slot = slots_.slot_of(order);
    const auto low_id = static_cast<std::uint32_t>(order.id);
    Entry* entry =
        index_.find(golden_hash(low_id), [&](const Entry& other) { return other.slot == slot; });
    OUTCRY_ASSERT(entry != nullptr);
    index_.erase(*entry);
    slots_.destroy(order);
  }

  // Brings the index entry of an order that will be looked for soon into the cache.
  void prefetch(OrderId id) const { index_.prefetch(golden_hash(static_cast<std::uint32_t>(id))); }

  // Sizes the index, so that growing to `count` orders never pauses to rehash it.
  void reserve(std::size_t count) { index_.reserve(count); }

  std::size_t size() const { return index_.size(); }
  std::size_t bytes() const { return slots_.bytes() + index_.bytes(); }

 private:
  // Eight bytes an order: the half of the id that tells live orders apart, the other half is
  // compared in the order itself.
  struct Entry {
    std::uint32_t low_id = 0;
    OrderSlots::Slot slot = 0;

    bool empty() const { return slot == 0; }
    std::uint64_t hash() const { return golden_hash(low_id); }
  };

  Entry* entry_of(OrderId id) const {
    const auto low_id = static_cast<std::uint32_t>(id);
    return index_.find(golden_hash(low_id), [&](const Entry& entry) {
      return entry.low_id == low_id && slots_.at(entry.slot).id == id;
    });
  }

  OrderSlots slots_;
  FlatTable<Entry> index_;
};

}  // namespace outcry
