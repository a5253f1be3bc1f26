#include "engine/expiries.h"

#include <algorithm>

namespace outcry {

void Expiries::add(Timestamp expires_at, OrderId order_id) {
  heap_.push_back(Entry{expires_at, order_id});
  std::push_heap(heap_.begin(), heap_.end());
}

void Expiries::remove_closed(const OrderStore& orders) {
  const auto closed = [&](const Entry& entry) { return orders.find(entry.order_id) == nullptr; };
  ++closed_;
  if (closed_ * 2 > heap_.size()) {
    std::erase_if(heap_, closed);
    std::make_heap(heap_.begin(), heap_.end());
    closed_ = 0;
  }
  while (!heap_.empty() && closed(heap_.front())) {
    std::pop_heap(heap_.begin(), heap_.end());
    heap_.pop_back();
    --closed_;
  }
}

}  // namespace outcry
