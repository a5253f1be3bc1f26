#include "engine/pending_stops.h"

#include <algorithm>

namespace outcry {

Order* PendingStops::next_triggered(Price last) {
  const auto later = [](const StopSide::Ready& a, const StopSide::Ready& b) {
    return a.order->id > b.order->id;
  };
  for (StopSide& side : sides_) {
    const std::size_t before = ready_.size();
    side.take(last, ready_);
    for (std::size_t end = before + 1; end <= ready_.size(); ++end)
      std::push_heap(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(end), later);
  }
  while (!ready_.empty()) {
    std::pop_heap(ready_.begin(), ready_.end(), later);
    const StopSide::Ready ready = ready_.back();
    ready_.pop_back();
    if (side(ready.order->side).put_back(ready, last)) return ready.order;
  }
  return nullptr;
}

}  // namespace outcry
