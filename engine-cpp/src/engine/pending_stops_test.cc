#include "engine/pending_stops.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>

namespace outcry {
namespace {

// What the engine's stops do, by going through all of them.
struct PlainStop {
  std::unique_ptr<Order> order;
  Price stop = 0;
  Price trail = 0;  // 0: the stop is fixed
  Price best = 0;

  Price stop_price() const {
    if (trail == 0) return stop;
    if (best == 0) return 0;
    return std::max<Price>(0, order->side == Side::kBuy ? best + trail : best - trail);
  }
  bool triggers(Price last) const {
    const Price price = stop_price();
    if (price == 0) return false;
    return order->side == Side::kBuy ? last >= price : last <= price;
  }
};

class Pair {
 public:
  explicit Pair(std::uint64_t seed) : random_(seed) {}

  void add() {
    PlainStop stop;
    stop.order = std::make_unique<Order>(++last_id_);
    stop.order->side = random_() % 2 == 0 ? Side::kBuy : Side::kSell;
    StopSide& side = stops_.side(stop.order->side);
    if (random_() % 2 == 0) {
      stop.trail = 1 + static_cast<Price>(random_() % 40);
      stop.best = last_;
      side.add_trailing(*stop.order, stop.trail, last_);
    } else {
      stop.stop = 80 + static_cast<Price>(random_() % 40);
      side.add(*stop.order, stop.stop);
    }
    plain_.push_back(std::move(stop));
  }

  void trade() {
    last_ = std::clamp<Price>(last_ + static_cast<Price>(random_() % 13) - 6, 60, 140);
    stops_.on_trade(last_);
    for (PlainStop& stop : plain_) {
      const bool better = stop.order->side == Side::kBuy ? last_ < stop.best : last_ > stop.best;
      if (stop.best == 0 || better) stop.best = last_;
    }
  }

  void change_some_trail() {
    if (plain_.empty()) return;
    PlainStop& stop = plain_[random_() % plain_.size()];
    if (stop.trail == 0) return;
    const Price to = 1 + static_cast<Price>(random_() % 40);
    stops_.side(stop.order->side).change_trail(*stop.order, stop.trail, to);
    stop.trail = to;
  }

  void remove_some() {
    if (!plain_.empty()) remove(plain_.begin() + static_cast<long>(random_() % plain_.size()));
  }

  // Each triggered stop may trade, as it does in the engine.
  void trigger_all() {
    while (true) {
      const auto expected =
          std::ranges::find_if(plain_, [&](const PlainStop& stop) { return stop.triggers(last_); });
      const Order* triggered = stops_.next_triggered(last_);
      ASSERT_EQ(triggered, expected == plain_.end() ? nullptr : expected->order.get());
      if (triggered == nullptr) return;
      remove(expected);
      if (random_() % 2 == 0) trade();
    }
  }

  void compare() const {
    for (const PlainStop& stop : plain_) {
      if (stop.trail == 0) continue;
      const StopSide& side = stops_.side(stop.order->side);
      ASSERT_EQ(side.trailing_stop_price(*stop.order, stop.trail), stop.stop_price());
      ASSERT_EQ(side.best(*stop.order), stop.best);
    }
  }

  std::uint64_t dice(std::uint64_t sides) { return random_() % sides; }
  bool empty() const { return stops_.empty(); }
  void remove_all() {
    while (!plain_.empty())
      remove(plain_.begin());
  }

 private:
  void remove(std::vector<PlainStop>::iterator it) {
    StopSide& side = stops_.side(it->order->side);
    if (it->trail != 0) {
      side.remove_trailing(*it->order, it->trail);
    } else {
      side.remove(*it->order, it->stop);
    }
    plain_.erase(it);
  }

  std::mt19937_64 random_;
  std::pmr::unsynchronized_pool_resource memory_;
  PendingStops stops_{memory_};
  std::vector<PlainStop> plain_;  // in order of acceptance
  OrderId last_id_ = 0;
  Price last_ = 0;
};

TEST(PendingStops, TriggerAsGoingThroughAllOfThemWould) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Pair pair(seed);
    for (int i = 0; i < 2'000; ++i) {
      const std::uint64_t what = pair.dice(10);
      if (what < 4) pair.add();
      if (what == 4) pair.remove_some();
      if (what == 5) pair.change_some_trail();
      if (what > 5) pair.trade();
      pair.trigger_all();
      pair.compare();
      if (HasFatalFailure()) return;
    }
    pair.remove_all();
    EXPECT_TRUE(pair.empty());
  }
}

}  // namespace
}  // namespace outcry
