#include <algorithm>
#include <limits>

#include "reference/model.h"

namespace outcry::reference {

void Model::match(ModelOrder& taker) {
  taker.stage = Stage::kActive;
  if (taker.terms.time_in_force == TimeInForce::kFok && !would_fill(taker)) {
    cancel(taker, CancelReason::kFokNotFillable);
    return;
  }
  const ModelInstrument& in = *instrument(taker.terms.symbol);
  // The band is as it stands on arrival.
  const bool ended = match_until_done(taker, in.last != 0 ? in.last : in.terms.reference_price);
  if (ended) return;
  if (taker.is_limit()) {
    if (taker.terms.time_in_force == TimeInForce::kIoc) {
      cancel(taker, CancelReason::kIocRemainder);
    } else {
      rest(taker);
    }
    return;
  }
  // Something that its own price allows is there: then it was the band.
  cancel(taker,
         best_against(taker) != nullptr ? CancelReason::kPriceBand : CancelReason::kNoLiquidity);
}

// Returns whether the order ended.
bool Model::match_until_done(ModelOrder& taker, Price reference) {
  const OrderId taker_id = taker.id;
  const bool limit = taker.is_limit();
  while (ModelOrder* maker = best_against(taker)) {
    const ModelInstrument& in = *instrument(taker.terms.symbol);
    if (!limit && in.terms.band_ppm != 0 && reference != 0) {
      const Integer price = maker->terms.price;
      const Integer distance = price > reference ? price - reference : reference - price;
      if (distance * 1'000'000 > Integer{reference} * in.terms.band_ppm) return false;
    }
    if (maker->terms.account_id == taker.terms.account_id) {
      if (prevent_self_trade(*maker, taker)) return true;
      continue;
    }
    Quantity quantity = std::min(taker.remaining(), maker->shown);
    if (taker.buys() && !limit) {
      quantity = payable(taker, maker->terms.price, quantity);
      if (quantity == 0) {
        cancel(taker, CancelReason::kInsufficientFunds);
        return true;
      }
    }
    trade(*maker, taker, quantity);
    if (!open_.contains(taker_id)) return true;
  }
  return false;
}

// Returns whether the incoming order ended.
bool Model::prevent_self_trade(ModelOrder& maker, ModelOrder& taker) {
  const OrderId taker_id = taker.id;
  const Quantity smaller = std::min(maker.remaining(), taker.remaining());
  switch (taker.terms.self_trade_prevention) {
    case SelfTradePrevention::kCancelNewest:
      cancel(taker, CancelReason::kSelfTrade);
      break;
    case SelfTradePrevention::kCancelOldest:
      cancel(maker, CancelReason::kSelfTrade);
      break;
    case SelfTradePrevention::kCancelBoth:
      cancel(maker, CancelReason::kSelfTrade);
      cancel(taker, CancelReason::kSelfTrade);
      break;
    case SelfTradePrevention::kDecrement:
      cancel_part(maker, smaller, CancelReason::kSelfTrade);
      cancel_part(taker, smaller, CancelReason::kSelfTrade);
      break;
  }
  return !open_.contains(taker_id);
}

// Tries it, on a copy.
bool Model::would_fill(const ModelOrder& taker) const {
  Model copy = *this;
  std::vector<Event> events;
  copy.events_ = &events;
  copy.memory_ = std::make_shared<Memory>();
  const ModelInstrument& in = *copy.instrument(taker.terms.symbol);
  copy.match_until_done(copy.open_.at(taker.id), in.last != 0 ? in.last : in.terms.reference_price);
  Quantity traded = 0;
  for (const Event& event : events) {
    if (const auto* one = std::get_if<Traded>(&event)) traded += one->quantity;
    // Own orders may be skipped by canceling them, and in no other way.
    const auto* canceled = std::get_if<OrderCanceled>(&event);
    const bool skips = taker.terms.self_trade_prevention == SelfTradePrevention::kCancelOldest;
    if (canceled != nullptr && !skips) return false;
  }
  return traded == taker.remaining();
}

// The first one in priority that the order's own price allows.
ModelOrder* Model::best_against(const ModelOrder& taker) {
  ModelInstrument& in = *instrument(taker.terms.symbol);
  ModelOrder* best = nullptr;
  for (const OrderId id : taker.buys() ? in.asks : in.bids) {
    ModelOrder& maker = open_.at(id);
    const Price price = maker.terms.price;
    const Price limit = taker.terms.price;
    if (limit != 0 && (taker.buys() ? price > limit : price < limit)) continue;
    if (best == nullptr || (taker.buys() ? price < best->terms.price : price > best->terms.price))
      best = &maker;
  }
  return best;
}

void Model::trade(ModelOrder& maker, ModelOrder& taker, Quantity quantity) {
  ModelInstrument& in = *instrument(taker.terms.symbol);
  Traded event;
  event.trade_id = ++last_trade_id_;
  event.maker_order_id = maker.id;
  event.taker_order_id = taker.id;
  event.maker_account_id = maker.terms.account_id;
  event.taker_account_id = taker.terms.account_id;
  event.price = maker.terms.price;
  event.quantity = quantity;
  event.notional = static_cast<Cash>(notional(in.terms, event.price, quantity));
  event.maker_fee = static_cast<Cash>(fee(event.notional, in.terms.maker_fee_ppm));
  event.taker_fee = static_cast<Cash>(fee(event.notional, in.terms.taker_fee_ppm));
  event.maker_remaining = maker.remaining() - quantity;
  event.taker_remaining = taker.remaining() - quantity;
  event.instrument = index_of(in);
  event.taker_side = taker.terms.side;
  book_side(maker, event, event.maker_fee);
  book_side(taker, event, event.taker_fee);
  set_last(in, event.price);
  emit(event, {0, maker.terms.account_id, taker.terms.account_id});
  maker.shown -= quantity;
  if (maker.remaining() == 0) {
    close(maker, OrderStatus::kFilled, CancelReason::kNone);
  } else if (maker.shown == 0) {
    leave_book(maker);
    rest(maker);
  }
  if (taker.remaining() == 0) close(taker, OrderStatus::kFilled, CancelReason::kNone);
}

void Model::book_side(ModelOrder& order, const Traded& event, Cash paid) {
  const ModelInstrument& in = *instrument(order.terms.symbol);
  const std::string currency(in.terms.currency.view());
  ModelAccount& owner = *account(order.terms.account_id);
  owner.cash[currency] += order.buys() ? -event.notional - paid : event.notional - paid;
  owner.positions[std::string(in.terms.symbol.view())] +=
      order.buys() ? event.quantity : -event.quantity;
  accounts_[0].cash[currency] += paid;
  order.filled += event.quantity;
  order.notional += event.notional;
  order.fees += paid;
  order.updated_at = now_;
}

void Model::set_last(ModelInstrument& in, Price price) {
  in.last = price;
  for (auto& [id, order] : open_) {
    if (order.stage != Stage::kWaiting || order.terms.symbol != in.terms.symbol) continue;
    if (order.best == 0 || (order.buys() ? price < order.best : price > order.best))
      order.best = price;
  }
}

// As many whole lots as the cash and the taker's fee allow; all of it when it can be paid.
Quantity Model::payable(const ModelOrder& taker, Price price, Quantity most) const {
  const ModelInstrument& in = *instrument(taker.terms.symbol);
  const Integer funds = available(taker.terms.account_id, std::string(in.terms.currency.view()), 0);
  const auto cost = [&](Quantity quantity) {
    const Integer amount = notional(in.terms, price, quantity);
    return amount + fee(amount, in.terms.taker_fee_ppm);
  };
  if (cost(most) <= funds) return most;
  Quantity quantity = most / in.terms.lot * in.terms.lot;
  while (quantity > 0 && cost(quantity) > funds)
    quantity -= in.terms.lot;
  return quantity;
}

void Model::rest(ModelOrder& order) {
  ModelInstrument& in = *instrument(order.terms.symbol);
  order.stage = Stage::kResting;
  order.shown = order.terms.display_quantity == 0
                    ? order.remaining()
                    : std::min(order.terms.display_quantity, order.remaining());
  (order.buys() ? in.bids : in.asks).push_back(order.id);
}

void Model::leave_book(ModelOrder& order) {
  ModelInstrument& in = *instrument(order.terms.symbol);
  std::erase(order.buys() ? in.bids : in.asks, order.id);
}

// ---- Stops

Price Model::stop_price(const ModelOrder& order) {
  if (order.terms.type != OrderType::kTrailingStop) return order.terms.stop_price;
  if (order.best == 0) return 0;
  const Price price =
      order.buys() ? order.best + order.terms.trail_amount : order.best - order.terms.trail_amount;
  return std::max<Price>(price, 0);
}

bool Model::triggers(const ModelOrder& order, Price last) const {
  if (order.stage != Stage::kWaiting || last == 0) return false;
  const Price stop = stop_price(order);
  if (stop == 0) return false;
  return order.buys() ? last >= stop : last <= stop;
}

void Model::run_triggers(const std::string& symbol) {
  for (bool found = true; found;) {
    found = false;
    const ModelInstrument& in = *instrument(Symbol(symbol));
    for (auto& [id, order] : open_) {
      if (order.terms.symbol != in.terms.symbol || !triggers(order, in.last)) continue;
      found = true;
      order.updated_at = now_;
      order.stage = Stage::kActive;
      emit(OrderTriggered{id, order.terms.account_id, stop_price(order), index_of(in)},
           {order.terms.account_id});
      const std::string currency(in.terms.currency.view());
      const AccountId owner = order.terms.account_id;
      const bool limit_buy = order.buys() && order.is_limit();
      if (limit_buy &&
          hold(in.terms, order.terms.price, order.remaining()) > available(owner, currency, id)) {
        cancel(order, CancelReason::kInsufficientFunds);
      } else if (!order.buys() && order.remaining() > free_position(owner, symbol, id) +
                                                          account(owner)->short_limit) {
        cancel(order, CancelReason::kPositionLimit);
      } else {
        match(order);
      }
      break;
    }
  }
}

// ---- Endings

void Model::cancel(ModelOrder& order, CancelReason reason) {
  cancel_part(order, order.remaining(), reason);
}

void Model::cancel_part(ModelOrder& order, Quantity quantity, CancelReason reason) {
  const Quantity left = order.remaining() - quantity;
  order.updated_at = now_;
  emit(OrderCanceled{order.id, order.terms.account_id, quantity, left,
                     index_of(*instrument(order.terms.symbol)), reason},
       {order.terms.account_id});
  if (left == 0) {
    close(order, OrderStatus::kCanceled, reason);
    return;
  }
  order.terms.quantity -= quantity;
  order.shown = std::min(order.shown, order.remaining());
}

void Model::cancel_open(AccountId account_id, const Symbol& symbol, CancelReason reason) {
  std::vector<OrderId> ending;
  for (const auto& [id, order] : open_) {
    const bool concerned = symbol.empty() || order.terms.symbol == symbol;
    if (order.terms.account_id == account_id && concerned) ending.push_back(id);
  }
  for (const OrderId id : ending)
    cancel(open_.at(id), reason);
}

void Model::expire(ModelOrder& order) {
  order.updated_at = now_;
  emit(OrderExpired{order.id, order.terms.account_id, order.remaining(),
                    index_of(*instrument(order.terms.symbol))},
       {order.terms.account_id});
  close(order, OrderStatus::kExpired, CancelReason::kNone);
}

void Model::close(ModelOrder& order, OrderStatus status, CancelReason reason) {
  leave_book(order);
  order.closed_as = status;
  order.reason = reason;
  // The price that it had trailed to is its stop price now.
  order.terms.stop_price = stop_price(order);
  memory_->closed.insert(open_.extract(order.id));
}

}  // namespace outcry::reference
