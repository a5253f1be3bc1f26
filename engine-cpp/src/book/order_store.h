// Every open order of an engine, of all instruments, by its id: those that rest in a book, and
// those that wait outside (stops).
//
// Thread rule: one thread. No allocation once it has held as many orders before.
#pragma once

#include "book/order.h"
#include "book/pointer_map.h"
#include "book/pool.h"
#include "outcry/assert.h"

namespace outcry {

class OrderStore {
 public:
  // Null when there is no open order of that id.
  Order* find(OrderId id) const { return index_.find(id); }

  // A new order that rests nowhere yet. Precondition: the id is not in the store.
  Order& create(OrderId id) {
    Order& order = orders_.create(id);
    index_.insert(id, order);
    return order;
  }

  // Precondition: the order rests in no book any more.
  void erase(Order& order) {
    OUTCRY_ASSERT(!order.rests());
    index_.erase(order.id);
    orders_.destroy(order);
  }

  // Brings the index entry of an order that will be looked for soon into the cache.
  void prefetch(OrderId id) const { index_.prefetch(id); }

  // Sizes the index, so that growing to `count` orders never pauses to rehash it.
  void reserve(std::size_t count) { index_.reserve(count); }

  std::size_t size() const { return index_.size(); }
  std::size_t bytes() const { return orders_.bytes() + index_.bytes(); }

 private:
  Pool<Order> orders_;
  PointerMap<Order> index_;
};

}  // namespace outcry
