#include <algorithm>

#include "engine/execution.h"
#include "engine/fillable.h"
#include "engine/misfit.h"
#include "engine/transitions.h"
#include "risk/money.h"

namespace outcry {
namespace {

bool is_limit(const Order& order) {
  return order.data.type == OrderType::kLimit || order.data.type == OrderType::kStopLimit;
}

// The worst price that the order itself allows.
Price limit_of(const Order& order) {
  return order.price != 0 ? order.price : Book::no_limit(order.side);
}

// The largest number of whole lots up to `most` that can be paid for with their fee.
Quantity affordable(const State& state, const Instrument& instrument, const Order& buyer,
                    Price price, Quantity most) {
  const InstrumentTerms& terms = instrument.state.terms;
  const Wide available = state.accounts.cash(state.accounts.position(buyer).cash).available();
  const auto payable = [&](Quantity quantity) {
    const std::optional<Cash> notional = notional_of(price, quantity, instrument.cash_factor);
    return notional && Wide{*notional} + fee_of(*notional, terms.taker_fee_ppm) <= available;
  };
  if (payable(most)) return most;
  Quantity low = 0;
  Quantity high = most / terms.lot;
  while (low < high) {
    const Quantity middle = low + (high - low + 1) / 2;
    if (payable(middle * terms.lot)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low * terms.lot;
}

}  // namespace

void Execution::match(Order& taker) {
  const Instrument& instrument = state_.instrument(taker);
  // As it stands when the order arrives: its own trades do not move it.
  const PriceRange range = is_limit(taker) ? PriceRange::every() : band_of(instrument);
  const Price limit = limit_of(taker);
  if (taker.data.time_in_force == TimeInForce::kFok &&
      !can_fill(state_, taker, limit, range, work_.slices)) {
    cancel(taker, CancelReason::kFokNotFillable);
    return;
  }
  Order* maker = instrument.book.first_against(taker.side, limit);
  while (maker != nullptr && range.contains(maker->price)) {
    const Next next = maker->account == taker.account ? prevent_self_trade(*maker, taker)
                                                      : trade_with(*maker, taker);
    if (next == Next::kEnded) return;
    maker = instrument.book.first_against(taker.side, limit);
  }
  finish(taker, maker != nullptr);
}

Execution::Next Execution::trade_with(Order& maker, Order& taker) {
  const Instrument& instrument = state_.instrument(taker);
  const InstrumentTerms& terms = instrument.state.terms;
  const Price price = maker.price;
  Quantity quantity = std::min(taker.remaining, maker.displayed());
  if (taker.side == Side::kBuy && !taker.data.holds) {
    quantity = affordable(state_, instrument, taker, price, quantity);
    if (quantity == 0) {
      cancel(taker, CancelReason::kInsufficientFunds);
      return Next::kEnded;
    }
  }
  // It fits: a resting order's whole notional did when it was accepted.
  const Cash notional = notional_of(price, quantity, instrument.cash_factor).value();
  Traded event;
  event.trade_id = state_.last_trade_id + 1;
  event.maker_order_id = maker.id;
  event.taker_order_id = taker.id;
  event.maker_account_id = state_.accounts[maker.account].id;
  event.taker_account_id = state_.accounts[taker.account].id;
  event.price = price;
  event.quantity = quantity;
  event.notional = notional;
  event.maker_fee = fee_of(notional, terms.maker_fee_ppm);
  event.taker_fee = fee_of(notional, terms.taker_fee_ppm);
  event.maker_remaining = maker.remaining - quantity;
  event.taker_remaining = taker.remaining - quantity;
  event.instrument = instrument.index;
  event.taker_side = taker.side;
  if (const Misfit misfit = misfit_of(state_, maker, taker, event); misfit.order != nullptr) {
    const bool ends = misfit.order == &taker;
    cancel(*misfit.order, misfit.reason);
    return ends ? Next::kEnded : Next::kGoesOn;
  }
  trade(state_, maker, taker, event, now_);
  emit(event);
  return event.taker_remaining == 0 ? Next::kEnded : Next::kGoesOn;
}

Execution::Next Execution::prevent_self_trade(Order& maker, Order& taker) {
  switch (taker.data.self_trade_prevention) {
    case SelfTradePrevention::kCancelNewest:
      cancel(taker, CancelReason::kSelfTrade);
      return Next::kEnded;
    case SelfTradePrevention::kCancelOldest:
      cancel(maker, CancelReason::kSelfTrade);
      return Next::kGoesOn;
    case SelfTradePrevention::kCancelBoth:
      cancel(maker, CancelReason::kSelfTrade);
      cancel(taker, CancelReason::kSelfTrade);
      return Next::kEnded;
    case SelfTradePrevention::kDecrement:
      break;
  }
  const Quantity both = std::min(maker.remaining, taker.remaining);
  const bool taker_goes_on = taker.remaining > both;
  // An order of which nothing would remain is canceled.
  cancel_part(maker, both, CancelReason::kSelfTrade);
  cancel_part(taker, both, CancelReason::kSelfTrade);
  return taker_goes_on ? Next::kGoesOn : Next::kEnded;
}

void Execution::finish(Order& taker, bool stopped_by_band) {
  if (!is_limit(taker)) {
    cancel(taker, stopped_by_band ? CancelReason::kPriceBand : CancelReason::kNoLiquidity);
  } else if (taker.data.time_in_force == TimeInForce::kIoc) {
    cancel(taker, CancelReason::kIocRemainder);
  } else {
    rest(state_, taker);
  }
}

}  // namespace outcry
