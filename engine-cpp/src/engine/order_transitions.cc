#include <algorithm>

#include "engine/holds.h"
#include "engine/order_view.h"
#include "engine/transitions.h"
#include "outcry/assert.h"

namespace outcry {
namespace {

// Counts an event that touches one account.
void count(State& state, AccountSlot account) {
  ++state.last_sequence;
  if (account != kNoAccount) state.accounts[account].last_sequence = state.last_sequence;
}

Cash hold_of(const Instrument& instrument, Price price, Quantity quantity) {
  const std::optional<Cash> hold = cash_hold(instrument, price, quantity);
  OUTCRY_ASSERT(hold.has_value());
  return *hold;
}

// What the order holds becomes what it would hold with that price and remainder.
void change_hold(State& state, const Instrument& instrument, Order& order, Price price,
                 Quantity remaining) {
  Position& position = state.accounts.position(order);
  if (order.side == Side::kSell) {
    position.held += remaining - order.remaining;
  } else if (holds_cash(order.side, order.data.type)) {
    const Cash before = hold_of(instrument, order.price, order.remaining);
    const Cash after = remaining == 0 ? 0 : hold_of(instrument, price, remaining);
    state.accounts.cash(position.cash).held += after - before;
  }
}

void release_hold(State& state, const Instrument& instrument, Order& order) {
  if (!order.data.holds) return;
  change_hold(state, instrument, order, order.price, 0);
  order.data.holds = false;
}

// Takes a stop from the waiting ones, its stop price kept as it stands.
void stop_waiting(State& state, Instrument& instrument, Order& order) {
  StopSide& side = instrument.stops.side(order.side);
  SpecialTerms& special = *state.records.special(state.records[order.data.record]);
  if (order.data.type == OrderType::kTrailingStop) {
    special.stop_price = side.trailing_stop_price(order, special.trail_amount);
    side.remove_trailing(order, special.trail_amount);
  } else {
    side.remove(order, special.stop_price);
  }
  order.data.pending = false;
}

void start_waiting(State& state, Order& order, Price best) {
  StopSide& side = state.instrument(order).stops.side(order.side);
  const SpecialTerms& special = *state.records.special(state.records[order.data.record]);
  if (order.data.type == OrderType::kTrailingStop) {
    side.add_trailing(order, special.trail_amount, best);
  } else {
    side.add(order, special.stop_price);
  }
  order.data.pending = true;
}

void change_stop(State& state, Instrument& instrument, Order& order, const OrderReplaced& event) {
  StopSide& side = instrument.stops.side(order.side);
  SpecialTerms& special = *state.records.special(state.records[order.data.record]);
  if (order.data.type == OrderType::kTrailingStop) {
    side.change_trail(order, special.trail_amount, event.trail_amount);
    special.trail_amount = event.trail_amount;
  } else {
    side.remove(order, special.stop_price);
    special.stop_price = event.stop_price;
    side.add(order, special.stop_price);
  }
}

void close_record(State& state, const Order& order, OrderStatus status, CancelReason reason) {
  OrderRecord& record = state.records[order.data.record];
  record.quantity = order.data.quantity;
  record.price = order.price;
  record.filled_quantity = filled_quantity(order);
  record.filled_notional = order.data.filled_notional;
  record.fees = order.data.fees;
  record.updated_at = order.data.updated_at;
  record.status = status;
  record.cancel_reason = reason;
  state.records.close(order.data.record);
}

void close_order(State& state, Order& order, OrderStatus status, CancelReason reason) {
  Instrument& instrument = state.instrument(order);
  release_hold(state, instrument, order);
  if (order.rests()) instrument.book.remove(order);
  if (order.data.pending) stop_waiting(state, instrument, order);
  if (order.id == state.watched.order_id) {
    state.watched.closed = true;
    describe_as_left(state, order, status, reason, state.watched.state);
  }
  bool expires = false;
  if (order.data.record != kNoHandle) {
    const SpecialTerms* special = state.records.special(state.records[order.data.record]);
    expires = special != nullptr && special->expires_at != 0;
    close_record(state, order, status, reason);
  }
  state.accounts.remove_open_order(order);
  state.orders.erase(order);
  if (expires) state.expiries.remove_closed(state.orders);
}

// The order's own terms are about to differ from those first sent.
void keep_sent_terms(State& state, const Order& order) {
  if (order.data.record != kNoHandle) state.records.keep_sent_terms(order.data.record);
}

bool needs_record(const PlaceOrder& terms) {
  return !terms.client_order_id.empty() || terms.stop_price != 0 || terms.trail_amount != 0 ||
         terms.display_quantity != 0 || terms.expires_at != 0;
}

bool is_stop(OrderType type) {
  return type != OrderType::kLimit && type != OrderType::kMarket;
}

// One side of a trade: what its order and its account have afterwards, but for the book.
void book_side(State& state, const Instrument& instrument, Order& order, const Traded& event,
               Cash fee, Timestamp now) {
  Position& position = state.accounts.position(order);
  CashBalance& balance = state.accounts.cash(position.cash);
  if (order.data.holds)
    change_hold(state, instrument, order, order.price, order.remaining - event.quantity);
  if (order.side == Side::kBuy) {
    position.quantity += event.quantity;
    balance.cash -= event.notional + fee;
  } else {
    position.quantity -= event.quantity;
    balance.cash += event.notional - fee;
  }
  order.data.filled_notional += event.notional;
  order.data.fees += fee;
  order.data.updated_at = now;
  state.accounts[order.account].last_sequence = state.last_sequence;
}

}  // namespace

Order& accept_order(State& state, const PlaceOrder& terms, const OrderAccepted& event,
                    AccountSlot account, PositionIndex position, Timestamp now) {
  count(state, account);
  state.last_order_id = event.order_id;
  Instrument& instrument = state.instruments[event.instrument];
  Order& order = state.orders.create(event.order_id);
  // Where the next order's entry will be: ids that follow one another lie far apart.
  state.orders.prefetch(event.order_id + 1);
  order.account = account;
  order.side = terms.side;
  order.price = terms.price;
  order.remaining = terms.quantity;
  order.set_display_quantity(terms.display_quantity);
  order.data.quantity = terms.quantity;
  order.data.created_at = now;
  order.data.updated_at = now;
  order.data.type = terms.type;
  order.data.time_in_force = terms.time_in_force;
  order.data.self_trade_prevention = terms.self_trade_prevention;
  order.data.post_only = terms.post_only;
  order.data.position = position != kNoHandle ? position
                                              : state.accounts.find_or_add_position(
                                                    account, event.instrument, instrument.currency);
  order.data.record = needs_record(terms) ? state.records.create(account, event.instrument, terms,
                                                                 event.order_id, now)
                                          : kNoHandle;
  state.accounts.add_open_order(order);
  if (terms.expires_at != 0) state.expiries.add(terms.expires_at, order.id);
  if (is_stop(terms.type)) start_waiting(state, order, instrument.state.last_price);
  return order;
}

void note_rejection(State& state, AccountSlot account) {
  count(state, account);
}

void activate(State& state, Order& order) {
  OUTCRY_ASSERT(!order.data.holds && !order.data.pending);
  Position& position = state.accounts.position(order);
  if (order.side == Side::kSell) {
    position.held += order.remaining;
    order.data.holds = true;
  } else if (holds_cash(order.side, order.data.type)) {
    state.accounts.cash(position.cash).held +=
        hold_of(state.instrument(order), order.price, order.remaining);
    order.data.holds = true;
  }
}

void deactivate(State& state, Order& order) {
  release_hold(state, state.instrument(order), order);
}

void rest(State& state, Order& order) {
  state.instrument(order).book.rest(order);
}

void trade(State& state, Order& maker, Order& taker, const Traded& event, Timestamp now) {
  count(state, kHouseSlot);
  state.last_trade_id = event.trade_id;
  Instrument& instrument = state.instruments[event.instrument];
  book_side(state, instrument, maker, event, event.maker_fee, now);
  book_side(state, instrument, taker, event, event.taker_fee, now);
  CurrencyEntry& currency = state.instruments.currency(instrument.currency);
  state.accounts.cash(currency.house).cash += event.maker_fee + event.taker_fee;
  instrument.state.last_price = event.price;
  instrument.stops.on_trade(event.price);
  taker.remaining -= event.quantity;
  instrument.book.fill(maker, event.quantity);
  if (maker.remaining == 0) close_order(state, maker, OrderStatus::kFilled, CancelReason::kNone);
  if (taker.remaining == 0) close_order(state, taker, OrderStatus::kFilled, CancelReason::kNone);
}

void cancel_order(State& state, Order& order, const OrderCanceled& event, Timestamp now) {
  count(state, order.account);
  order.data.updated_at = now;
  if (event.remaining == 0) {
    close_order(state, order, OrderStatus::kCanceled, event.reason);
    return;
  }
  Instrument& instrument = state.instrument(order);
  keep_sent_terms(state, order);
  if (order.data.holds) change_hold(state, instrument, order, order.price, event.remaining);
  if (order.rests()) {
    instrument.book.reduce(order, event.canceled_quantity);
  } else {
    order.remaining = event.remaining;
  }
  order.data.quantity -= event.canceled_quantity;
}

void expire_order(State& state, Order& order, Timestamp now) {
  count(state, order.account);
  order.data.updated_at = now;
  close_order(state, order, OrderStatus::kExpired, CancelReason::kNone);
}

void trigger_order(State& state, Order& order, Timestamp now) {
  count(state, order.account);
  order.data.updated_at = now;
  stop_waiting(state, state.instrument(order), order);
}

void restore_waiting(State& state, Order& order, Price best) {
  start_waiting(state, order, best);
}

void replace_order(State& state, Order& order, const OrderReplaced& event, Timestamp now) {
  count(state, order.account);
  order.data.updated_at = now;
  Instrument& instrument = state.instrument(order);
  const Quantity remaining = event.quantity - filled_quantity(order);
  keep_sent_terms(state, order);
  if (event.kept_priority && !order.data.pending) {
    change_hold(state, instrument, order, event.price, remaining);
    instrument.book.reduce(order, order.remaining - remaining);
  } else {
    if (order.data.pending) change_stop(state, instrument, order, event);
    release_hold(state, instrument, order);
    if (order.rests()) instrument.book.remove(order);
    order.remaining = remaining;
    order.price = event.price;
  }
  order.data.quantity = event.quantity;
}

}  // namespace outcry
