// The waiting stop orders of one side of an instrument.
//
// Both sides are one code by ranks: of a buy the rank of a price is the price, of a sell its
// negative, so that a stop triggers when rank(stop) <= rank(last).
//
// A trailing stop's rank is the lowest rank of a last price since it was accepted, plus its trail.
// Of two, the one accepted earlier has seen all that the later one saw; so those that share their
// best price are neighbours in order of acceptance, and a new best price merges the groups at the
// end instead of touching every order.
//
// Single thread. Allocates from the resource that it is given.
#pragma once

#include <cstdint>
#include <limits>
#include <memory_resource>
#include <set>
#include <vector>

#include "book/order.h"
#include "outcry/types.h"

namespace outcry {

class StopSide {
 public:
  StopSide(Side side, std::pmr::memory_resource& memory)
      : side_(side), memory_(memory), fixed_(&memory) {}

  bool empty() const { return fixed_.empty() && groups_.empty(); }

  void add(Order& order, Price stop_price) { fixed_.insert({rank(stop_price), &order}); }
  void remove(Order& order, Price stop_price) { fixed_.erase({rank(stop_price), &order}); }

  // `best` is the best last price since the order's acceptance, 0 before the first trade.
  // Precondition: every other trailing stop of the side was accepted earlier.
  void add_trailing(Order& order, Price trail, Price best);
  void remove_trailing(Order& order, Price trail);
  void change_trail(Order& order, Price from, Price to);
  // Of an order that was added with add_trailing().
  Price best(const Order& order) const;
  // best() and the trail away from it; 0 when there is no such price yet.
  Price trailing_stop_price(const Order& order, Price trail) const;

  void on_trade(Price price) {
    if (!groups_.empty() && rank(price) < groups_.back().best) improve(rank(price));
  }

  // An order that triggered at some last price. It still counts as waiting.
  struct Ready {
    Order* order;
    std::int64_t rank;  // of the stop price, or the trail
    bool trailing;
  };

  // Takes out what triggers at that last price.
  void take(Price last, std::vector<Ready>& ready);
  // Puts one back; returns whether it triggers at that last price.
  bool put_back(const Ready& ready, Price last);

 private:
  using Rank = std::int64_t;
  static constexpr Rank kNever = std::numeric_limits<Rank>::max();
  static constexpr Rank kNoBest = kNever;

  struct Waiting {
    Rank rank;  // of the stop price, or the trail
    Order* order;

    friend bool operator<(const Waiting& a, const Waiting& b) {
      return a.rank != b.rank ? a.rank < b.rank : a.order->id < b.order->id;
    }
  };
  using Waitings = std::pmr::set<Waiting>;

  // Trailing stops that have the same best price.
  struct Group {
    OrderId first_id;  // no member has a lower id, no member of an earlier group a higher one
    Rank best;         // kNoBest before the first trade
    std::size_t members = 0;  // those taken out included
    Waitings by_trail;
  };

  Rank rank(Price price) const { return side_ == Side::kBuy ? price : -price; }
  std::vector<Group>::iterator group_of(const Order& order);
  const Group& group_of(const Order& order) const;
  void improve(Rank best);
  void insert(Group& group, Order& order, Price trail);
  void take_trailing(Rank last, std::vector<Ready>& ready);
  static void take_up_to(Waitings& waiting, Rank up_to, bool trailing, std::vector<Ready>& ready);

  const Side side_;
  std::pmr::memory_resource& memory_;
  Waitings fixed_;
  std::vector<Group> groups_;       // in order of acceptance, which is that of best ranks
  Rank soonest_trailing_ = kNever;  // no trailing stop triggers below that rank of a last price
};

}  // namespace outcry
