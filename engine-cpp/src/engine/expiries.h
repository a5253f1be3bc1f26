// Open orders that end at a time, the earliest first; of one time, in the order of their ids.
//
// Single thread. No allocation once it has held as many orders before.
#pragma once

#include <cstddef>
#include <vector>

#include "book/order_store.h"
#include "outcry/types.h"

namespace outcry {

class Expiries {
 public:
  void add(Timestamp expires_at, OrderId order_id);
  // An order that was added has closed and is in the store no more.
  void remove_closed(const OrderStore& orders);

  // Whether an open order's time has come.
  bool due(Timestamp now) const { return !heap_.empty() && heap_.front().expires_at <= now; }
  // Precondition: there is one.
  OrderId first() const { return heap_.front().order_id; }

 private:
  struct Entry {
    Timestamp expires_at;
    OrderId order_id;

    // Of a heap the largest comes first.
    friend bool operator<(const Entry& a, const Entry& b) {
      return a.expires_at != b.expires_at ? a.expires_at > b.expires_at : a.order_id > b.order_id;
    }
  };

  // Entries of closed orders stay inside until they reach the top or are too many.
  std::vector<Entry> heap_;
  std::size_t closed_ = 0;
};

}  // namespace outcry
