#include "engine/fillable.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "risk/money.h"

namespace outcry {
namespace {

constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();

class Rehearsal {
 public:
  Rehearsal(const State& state, const Order& taker, std::vector<Slice>& slices)
      : state_(state),
        taker_(taker),
        instrument_(state.instrument(taker)),
        slices_(slices),
        missing_(taker.remaining),
        uncollected_(taker.remaining) {}

  bool run(Price limit, const PriceRange& range) {
    slices_.clear();
    const bool buys = taker_.side == Side::kBuy;
    instrument_.book.for_each_order_while(opposite(taker_.side), [&](const Order& maker) {
      if (!slices_.empty() && slices_.front().order->price != maker.price && !take_level())
        return false;
      const bool beyond = buys ? maker.price > limit : maker.price < limit;
      if (beyond || !range.contains(maker.price)) return false;
      return collect(maker);
    });
    take_level();
    return missing_ == 0;
  }

 private:
  // Returns whether more of the level is needed: what it shows up to here may be enough, and then a
  // small order costs nothing of a long queue; or nothing counts from an own order on.
  bool collect(const Order& maker) {
    slices_.push_back({&maker, maker.displayed(), maker.hidden});
    if (maker.account == taker_.account) return skips_own();
    uncollected_ -= std::min(uncollected_, maker.displayed());
    return uncollected_ > 0;
  }

  bool skips_own() const {
    return taker_.data.self_trade_prevention == SelfTradePrevention::kCancelOldest;
  }

  // Goes through the collected level, refreshed slices at its end; returns whether to go on.
  bool take_level() {
    for (std::size_t i = 0; i < slices_.size() && missing_ > 0 && !stopped_; ++i) {
      const Slice slice = slices_[i];
      if (slice.order->account == taker_.account) {
        stopped_ = !skips_own();
        continue;
      }
      const Quantity quantity = std::min(missing_, slice.displayed);
      stopped_ = !take(*slice.order, quantity);
      if (stopped_) break;
      missing_ -= quantity;
      if (slice.hidden == 0) continue;
      const Quantity next = std::min(slice.order->display_quantity, slice.hidden);
      slices_.push_back({slice.order, next, slice.hidden - next});
    }
    slices_.clear();
    uncollected_ = missing_;
    return missing_ > 0 && !stopped_;
  }

  bool take(const Order& maker, Quantity quantity) {
    const std::optional<Cash> notional =
        notional_of(maker.price, quantity, instrument_.cash_factor);
    if (!notional) return false;
    total_ += *notional;
    cost_ += Wide{*notional} + fee_of(*notional, instrument_.state.terms.taker_fee_ppm);
    return can_pay() && has_room(maker) && has_room(taker_);
  }

  bool can_pay() const {
    if (taker_.side == Side::kSell || taker_.data.holds) return true;
    return cost_ <= balance_of(taker_).available();
  }

  // For all that the order could bring to one account, and with it to the house: cash to who sells,
  // a position to who buys.
  bool has_room(const Order& order) const {
    const CashIndex house = state_.instruments.currency(instrument_.currency).house;
    const bool account_has =
        order.side == Side::kSell
            ? 2 * total_ + balance_of(order).cash <= kMost
            : Wide{state_.accounts.position(order).quantity} + taker_.remaining <= kMost;
    return account_has && 2 * total_ + order.data.filled_notional <= kMost &&
           2 * total_ + state_.accounts.cash(house).cash <= kMost;
  }

  const CashBalance& balance_of(const Order& order) const {
    return state_.accounts.cash(state_.accounts.position(order).cash);
  }

  const State& state_;
  const Order& taker_;
  const Instrument& instrument_;
  std::vector<Slice>& slices_;  // of one level, in priority order
  Quantity missing_;
  Quantity uncollected_;  // of missing_, that no collected slice shows
  Wide total_ = 0;        // notional
  Wide cost_ = 0;         // with the taker's fees
  bool stopped_ = false;
};

}  // namespace

bool can_fill(const State& state, const Order& taker, Price limit, const PriceRange& range,
              std::vector<Slice>& slices) {
  // The levels' sums tell at once when there is too little.
  const Book& book = state.instrument(taker).book;
  if (!book.can_fill(taker.side, limit, taker.remaining, kNoAccount, Book::OwnOrders::kSkip))
    return false;
  return Rehearsal(state, taker, slices).run(limit, range);
}

}  // namespace outcry
