#include "engine/stop_side.h"

#include <algorithm>

#include "outcry/assert.h"

namespace outcry {
namespace {

// Ranks beyond all prices stay beyond all prices.
std::int64_t saturating_sum(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a > 0 ? std::numeric_limits<std::int64_t>::max()
               : std::numeric_limits<std::int64_t>::min();
}

std::int64_t saturating_difference(std::int64_t a, std::int64_t b) {
  std::int64_t difference = 0;
  if (!__builtin_sub_overflow(a, b, &difference)) return difference;
  return a > 0 ? std::numeric_limits<std::int64_t>::max()
               : std::numeric_limits<std::int64_t>::min();
}

}  // namespace

void StopSide::add_trailing(Order& order, Price trail, Price best) {
  const Rank best_rank = best == 0 ? kNoBest : rank(best);
  if (groups_.empty() || groups_.back().best < best_rank)
    groups_.push_back(Group{order.id, best_rank, 0, Waitings(&memory_)});
  Group& group = groups_.back();
  OUTCRY_ASSERT(group.best == best_rank);
  insert(group, order, trail);
  ++group.members;
}

void StopSide::remove_trailing(Order& order, Price trail) {
  const auto group = group_of(order);
  OUTCRY_ASSERT(group->by_trail.erase({trail, &order}) == 1);
  if (--group->members == 0) groups_.erase(group);
}

void StopSide::change_trail(Order& order, Price from, Price to) {
  const auto group = group_of(order);
  OUTCRY_ASSERT(group->by_trail.erase({from, &order}) == 1);
  insert(*group, order, to);
}

Price StopSide::best(const Order& order) const {
  const Rank best = group_of(order).best;
  return best == kNoBest ? 0 : rank(best);
}

Price StopSide::trailing_stop_price(const Order& order, Price trail) const {
  const Rank best = group_of(order).best;
  return best == kNoBest ? 0 : std::max<Price>(0, rank(saturating_sum(best, trail)));
}

void StopSide::take(Price last, std::vector<Ready>& ready) {
  const Rank last_rank = rank(last);
  take_up_to(fixed_, last_rank, false, ready);
  if (soonest_trailing_ <= last_rank) take_trailing(last_rank, ready);
}

void StopSide::take_trailing(Rank last, std::vector<Ready>& ready) {
  soonest_trailing_ = kNever;
  for (Group& group : groups_) {
    take_up_to(group.by_trail, saturating_difference(last, group.best), true, ready);
    if (group.by_trail.empty()) continue;
    const Rank soonest = saturating_sum(group.best, group.by_trail.begin()->rank);
    soonest_trailing_ = std::min(soonest_trailing_, soonest);
  }
}

bool StopSide::put_back(const Ready& ready, Price last) {
  if (!ready.trailing) {
    fixed_.insert({ready.rank, ready.order});
    return ready.rank <= rank(last);
  }
  const auto group = group_of(*ready.order);
  insert(*group, *ready.order, ready.rank);
  return saturating_sum(group->best, ready.rank) <= rank(last);
}

std::vector<StopSide::Group>::iterator StopSide::group_of(const Order& order) {
  const auto after =
      std::upper_bound(groups_.begin(), groups_.end(), order.id,
                       [](OrderId id, const Group& group) { return id < group.first_id; });
  OUTCRY_ASSERT(after != groups_.begin());
  return after - 1;
}

const StopSide::Group& StopSide::group_of(const Order& order) const {
  return *const_cast<StopSide*>(this)->group_of(order);
}

void StopSide::improve(Rank best) {
  groups_.back().best = best;
  while (groups_.size() > 1 && groups_[groups_.size() - 2].best >= best) {
    Group& earlier = groups_[groups_.size() - 2];
    Group& later = groups_.back();
    // The smaller into the larger, so that an order moves a logarithmic number of times.
    if (earlier.by_trail.size() < later.by_trail.size()) earlier.by_trail.swap(later.by_trail);
    earlier.by_trail.merge(later.by_trail);
    earlier.members += later.members;
    earlier.best = best;
    groups_.pop_back();
  }
  const Waitings& waiting = groups_.back().by_trail;
  if (!waiting.empty())
    soonest_trailing_ = std::min(soonest_trailing_, saturating_sum(best, waiting.begin()->rank));
}

void StopSide::insert(Group& group, Order& order, Price trail) {
  group.by_trail.insert({trail, &order});
  soonest_trailing_ = std::min(soonest_trailing_, saturating_sum(group.best, trail));
}

void StopSide::take_up_to(Waitings& waiting, Rank up_to, bool trailing, std::vector<Ready>& ready) {
  auto it = waiting.begin();
  for (; it != waiting.end() && it->rank <= up_to; ++it)
    ready.push_back(Ready{it->order, it->rank, trailing});
  waiting.erase(waiting.begin(), it);
}

}  // namespace outcry
