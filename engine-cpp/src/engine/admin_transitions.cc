#include <numeric>

#include "engine/transitions.h"
#include "outcry/assert.h"

namespace outcry {
namespace {

// Counts an event that touches one account.
void count(State& state, AccountSlot account) {
  ++state.last_sequence;
  state.accounts[account].last_sequence = state.last_sequence;
}

CurrencyIndex find_or_add_currency(State& state, const Currency& name) {
  if (const CurrencyIndex found = state.instruments.find_currency(name); found != kNoCurrency)
    return found;
  const CurrencyIndex added = state.instruments.add_currency(name);
  state.instruments.currency(added).house = state.accounts.find_or_add_cash(kHouseSlot, added);
  return added;
}

CashBalance& balance(State& state, AccountSlot account, CurrencyIndex currency) {
  return state.accounts.cash(state.accounts.find_or_add_cash(account, currency));
}

template <class Fn>
void for_each_open_order(State& state, InstrumentIndex instrument, Fn&& fn) {
  for (AccountSlot slot = 0; slot < state.accounts.size(); ++slot) {
    for (Order* order : state.accounts[slot].open_orders) {
      if (state.accounts.position(*order).instrument == instrument) fn(*order);
    }
  }
}

// What every price in the book, and of the orders that may come to rest there, is a multiple of.
Price book_step(State& state, const Instrument& instrument, Price tick) {
  Price step = tick;
  for_each_open_order(state, instrument.index, [&](const Order& order) {
    if (order.data.pending && order.data.type == OrderType::kStopLimit)
      step = std::gcd(step, order.price);
  });
  return step;
}

void change_terms(State& state, Instrument& instrument, const InstrumentTerms& terms) {
  // What orders hold depends on the fees.
  std::vector<Order*> holding;
  for_each_open_order(state, instrument.index, [&](Order& order) {
    if (order.data.holds) holding.push_back(&order);
  });
  for (Order* order : holding)
    deactivate(state, *order);
  if (terms.tick != instrument.state.terms.tick)
    instrument.book.set_tick(book_step(state, instrument, terms.tick));
  instrument.state.terms = terms;
  for (Order* order : holding)
    activate(state, *order);
}

}  // namespace

AccountSlot open_account(State& state, const OpenAccount& command, const AccountOpened& event) {
  const AccountSlot account = state.accounts.open(event.account_id, event.short_limit);
  count(state, account);
  balance(state, account, find_or_add_currency(state, command.currency));
  return account;
}

void adjust_cash(State& state, AccountSlot account, const CashAdjusted& event) {
  count(state, account);
  const CurrencyIndex currency = find_or_add_currency(state, event.currency);
  balance(state, account, currency).cash += event.amount;
  state.instruments.currency(currency).deposited += event.amount;
  state.references.add({event.amount, account, currency, Adjusted::kCash, event.reference});
}

void adjust_position(State& state, AccountSlot account, const PositionAdjusted& event) {
  count(state, account);
  Instrument& instrument = state.instruments[event.instrument];
  const PositionIndex position =
      state.accounts.find_or_add_position(account, event.instrument, instrument.currency);
  state.accounts.position(position).quantity += event.quantity;
  instrument.deposited += event.quantity;
  state.references.add(
      {event.quantity, account, event.instrument, Adjusted::kPosition, event.reference});
}

void set_limits(State& state, AccountSlot account, const LimitsSet& event) {
  count(state, account);
  const CurrencyIndex currency = find_or_add_currency(state, event.currency);
  balance(state, account, currency).credit_limit = event.credit_limit;
  state.accounts[account].short_limit = event.short_limit;
}

void suspend_account(State& state, AccountSlot account) {
  count(state, account);
  state.accounts[account].suspended = true;
}

void resume_account(State& state, AccountSlot account) {
  count(state, account);
  state.accounts[account].suspended = false;
}

void define_instrument(State& state, const InstrumentTerms& terms, const InstrumentDefined& event) {
  ++state.last_sequence;
  if (event.instrument == state.instruments.size()) {
    state.instruments.define(terms, find_or_add_currency(state, terms.currency));
  } else {
    change_terms(state, state.instruments[event.instrument], terms);
  }
}

void set_instrument_status(State& state, const InstrumentStatusChanged& event) {
  ++state.last_sequence;
  state.instruments[event.instrument].state.terms.status = event.status;
}

void close_session(State& state) {
  ++state.last_sequence;
}

void end_command(State& state, Timestamp time) {
  OUTCRY_ASSERT(time > state.last_time);
  state.last_time = time;
  state.records.expire(time);
}

}  // namespace outcry
