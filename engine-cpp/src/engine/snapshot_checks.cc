#include "engine/snapshot_checks.h"

#include <limits>
#include <vector>

#include "engine/holds.h"
#include "engine/terms_check.h"

namespace outcry {
namespace {

constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();

template <class E>
bool is_between(E value, E first, E last) {
  return value >= first && value <= last;
}

template <class T>
bool has_known_terms(const T& order, Side side) {
  return is_between(side, Side::kBuy, Side::kSell) &&
         is_between(order.type, OrderType::kLimit, OrderType::kTrailingStop) &&
         order.time_in_force <= TimeInForce::kFok &&
         order.self_trade_prevention <= SelfTradePrevention::kDecrement;
}

bool is_stop(OrderType type) {
  return type != OrderType::kLimit && type != OrderType::kMarket;
}

bool sums_match(const State& state) {
  std::vector<Wide> cash(state.instruments.currency_count());
  for (const CashBalance& balance : state.accounts.all_cash())
    cash[balance.currency] += balance.cash;
  for (CurrencyIndex i = 0; i < cash.size(); ++i) {
    if (cash[i] != state.instruments.currency(i).deposited) return false;
  }
  std::vector<Wide> positions(state.instruments.size());
  for (const Position& position : state.accounts.all_positions())
    positions[position.instrument] += position.quantity;
  for (InstrumentIndex i = 0; i < positions.size(); ++i) {
    if (positions[i] != state.instruments[i].deposited) return false;
  }
  return true;
}

}  // namespace

const char* flaw_of(const State& state, const CurrencyEntry& currency) {
  if (currency.name.empty() || state.instruments.find_currency(currency.name) != kNoCurrency)
    return "a currency without a name of its own";
  const bool scale = currency.cash_scale == kUnknownScale || currency.cash_scale <= kLargestScale;
  return scale ? nullptr : "a currency's scale";
}

const char* flaw_of(const State& state, const InstrumentTerms& terms, CurrencyIndex currency) {
  if (currency >= state.instruments.currency_count()) return "an instrument of an unknown currency";
  if (!are_possible(terms)) return "an instrument's terms";
  if (state.instruments.find(terms.symbol) != kNoInstrument) return "two instruments of one symbol";
  const bool suits = state.instruments.currency(currency).name == terms.currency &&
                     state.instruments.currency(currency).cash_scale == terms.cash_scale;
  return suits ? nullptr : "an instrument that does not suit its currency";
}

const char* flaw_of(const State& state, const Account& account) {
  if (account.id == kHouse || state.accounts.find(account.id) != kNoAccount)
    return "two accounts of one id";
  return account.short_limit >= 0 ? nullptr : "an account's short limit";
}

const char* flaw_of(const State& state, const CashBalance& balance) {
  if (balance.account >= state.accounts.size()) return "cash of an unknown account";
  if (balance.currency >= state.instruments.currency_count()) return "cash of an unknown currency";
  if (state.accounts.find_cash(balance.account, balance.currency) != kNoHandle)
    return "cash of one account and currency twice";
  return balance.credit_limit >= 0 ? nullptr : "a credit limit";
}

const char* flaw_of(const State& state, const Position& position) {
  if (position.account >= state.accounts.size() || position.instrument >= state.instruments.size())
    return "a position in nothing or of nobody";
  const bool twice =
      state.accounts.find_position(position.account, position.instrument) != kNoHandle;
  return twice ? "two positions of one account and instrument" : nullptr;
}

const char* flaw_of(const State& state, const Order& order, OrderId order_id, bool pending) {
  const OrderData& data = order.data;
  if (order_id > state.last_order_id) return "an order of a later id";
  if (order.account == kHouseSlot || order.account >= state.accounts.size())
    return "an order of nobody";
  if (!has_known_terms(data, order.side)) return "an order's terms";
  const bool limit = data.type == OrderType::kLimit || data.type == OrderType::kStopLimit;
  if (pending ? !is_stop(data.type) : !limit) return "an order that cannot rest or wait";
  if (order.price < 0 || (limit && order.price == 0)) return "an order's price";
  if (order.remaining <= 0 || order.remaining > data.quantity) return "an order's quantity";
  if (order.display_quantity < 0 || order.hidden < 0 || order.hidden >= order.remaining)
    return "what an order shows";
  const Quantity most = order.display_quantity == 0 ? order.remaining : order.display_quantity;
  const bool hides = order.hidden == 0 || order.display_quantity > 0;
  return hides && (pending || order.displayed() <= most) ? nullptr : "what an order shows";
}

const char* flaw_of(const State& state, const OrderRecord& record, const SpecialTerms* special,
                    bool remembered) {
  if (record.account >= state.accounts.size() || record.instrument >= state.instruments.size())
    return "a record in nothing or of nobody";
  if (!has_known_terms(record, record.side) ||
      !is_between(record.status, OrderStatus::kNew, OrderStatus::kRejected) ||
      record.cancel_reason > CancelReason::kAccountSuspended)
    return "a record's terms";
  if (!remembered && !record.open) return "a record of nothing";
  if (record.client_order_id.empty() && (remembered || record.found))
    return "a record to be found by no client order id";
  if (record.found && state.records.find(record.account, record.client_order_id) != kNoHandle)
    return "two records to be found by one client order id";
  if (special != nullptr && (special->display_quantity < 0 || special->expires_at < 0))
    return "a record's rarer terms";
  if (!record.open) return nullptr;
  const Order* order = state.orders.find(record.order_id);
  const bool its_orders = order != nullptr && order->data.record == kNoHandle &&
                          order->account == record.account && order->side == record.side &&
                          order->data.type == record.type &&
                          state.accounts.position(*order).instrument == record.instrument;
  return its_orders ? nullptr : "a record of an open order that is not there";
}

const char* flaw_of(const State& state, const AdjustmentRecord& record) {
  if (record.account >= state.accounts.size()) return "an adjustment of nobody";
  const bool cash = record.adjusted == Adjusted::kCash;
  if (!cash && record.adjusted != Adjusted::kPosition) return "an adjustment of something unknown";
  if (record.thing >= (cash ? state.instruments.currency_count() : state.instruments.size()))
    return "an adjustment of something unknown";
  const bool own = !record.reference.empty() &&
                   state.references.find(record.account, record.reference) == nullptr;
  return own ? nullptr : "an adjustment without a reference of its own";
}

const char* flaw_of_resting(const State& state, const Order& order) {
  constexpr const char* kTooMuch = "more is held or offered than fits in 64 bits";
  const Instrument& instrument = state.instrument(order);
  const Position& position = state.accounts.position(order);
  if (!instrument.book.has_room(order.side, order.remaining)) return kTooMuch;
  if (order.side == Side::kSell)
    return Wide{position.held} + order.remaining <= kMost ? nullptr : kTooMuch;
  const auto hold = cash_hold(instrument, order.price, order.remaining);
  const Wide held = state.accounts.cash(position.cash).held;
  return hold && held + *hold <= kMost ? nullptr : kTooMuch;
}

const char* flaw_of_waiting(const State& state, const Order& order) {
  if (order.data.record == kNoHandle) return "a stop without its record";
  const SpecialTerms* special = state.records.special(state.records[order.data.record]);
  if (special == nullptr) return "a stop without its stop price";
  const bool trails = order.data.type == OrderType::kTrailingStop;
  return (trails ? special->trail_amount : special->stop_price) > 0 ? nullptr : "a stop's price";
}

const char* flaw_of(const State& state) {
  for (CurrencyIndex i = 0; i < state.instruments.currency_count(); ++i) {
    const CashIndex house = state.instruments.currency(i).house;
    if (house == kNoHandle || house != state.accounts.find_cash(kHouseSlot, i))
      return "a currency without the house's cash";
  }
  for (InstrumentIndex i = 0; i < state.instruments.size(); ++i) {
    const Price bid = state.instruments[i].book.best_price(Side::kBuy);
    const Price ask = state.instruments[i].book.best_price(Side::kSell);
    if (bid != 0 && ask != 0 && bid >= ask) return "a crossed book";
  }
  return sums_match(state) ? nullptr : "cash or positions that are not conserved";
}

}  // namespace outcry
