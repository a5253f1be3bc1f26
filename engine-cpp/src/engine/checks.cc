#include "engine/checks.h"

#include <algorithm>
#include <limits>

#include "engine/holds.h"
#include "engine/order_view.h"
#include "risk/money.h"

namespace outcry {
namespace {

constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();

bool is_limit(OrderType type) {
  return type == OrderType::kLimit || type == OrderType::kStopLimit;
}

bool is_price(const InstrumentTerms& terms, Price price) {
  return price > 0 && price % terms.tick == 0;
}

RejectCode check_price(const InstrumentTerms& terms, OrderType type, Price price) {
  // Of others it is the worst price that they take, and may be absent.
  if (price == 0 && !is_limit(type)) return RejectCode::kNone;
  return is_price(terms, price) ? RejectCode::kNone : RejectCode::kInvalidPrice;
}

RejectCode check_stop_price(const InstrumentTerms& terms, OrderType type, Price stop_price,
                            Price trail_amount) {
  const bool needs_stop = type == OrderType::kStop || type == OrderType::kStopLimit;
  if (needs_stop && !is_price(terms, stop_price)) return RejectCode::kInvalidStopPrice;
  const bool needs_trail = type == OrderType::kTrailingStop;
  if (needs_trail && !is_price(terms, trail_amount)) return RejectCode::kInvalidStopPrice;
  // A price that the type has no use for.
  if (!needs_stop && stop_price != 0) return RejectCode::kInvalidOrder;
  if (!needs_trail && trail_amount != 0) return RejectCode::kInvalidOrder;
  return RejectCode::kNone;
}

bool is_known(const PlaceOrder& order) {
  return (order.side == Side::kBuy || order.side == Side::kSell) &&
         order.type >= OrderType::kLimit && order.type <= OrderType::kTrailingStop &&
         order.time_in_force <= TimeInForce::kFok &&
         order.self_trade_prevention <= SelfTradePrevention::kDecrement;
}

bool is_consistent(const InstrumentTerms& terms, const PlaceOrder& order, Timestamp now,
                   Slices slices) {
  if (!is_known(order)) return false;
  if (slices == Slices::kLimited && makes_too_many_slices(order)) return false;
  const TimeInForce in_force = order.time_in_force;
  if (order.post_only && (order.type != OrderType::kLimit || in_force == TimeInForce::kIoc ||
                          in_force == TimeInForce::kFok)) {
    return false;
  }
  if (order.display_quantity != 0 &&
      (!is_limit(order.type) || order.display_quantity < 0 ||
       order.display_quantity > order.quantity || order.display_quantity % terms.lot != 0)) {
    return false;
  }
  if (in_force != TimeInForce::kGtd) return order.expires_at == 0;
  return order.expires_at > now && order.type != OrderType::kMarket;
}

RejectCode check_band(const Instrument& instrument, OrderType type, Price price) {
  if (!is_limit(type) || band_of(instrument).contains(price)) return RejectCode::kNone;
  return RejectCode::kPriceOutOfBand;
}

// The price at which an order without one is likely to trade; 0: unknown.
Price expected_price(const Instrument& instrument, const PlaceOrder& order) {
  if (order.price != 0) return order.price;
  return order.stop_price != 0 ? order.stop_price : instrument.reference();
}

RejectCode check_notional(const Instrument& instrument, const PlaceOrder& order) {
  const Cash factor = instrument.cash_factor;
  if (!notional_of(order.price, order.quantity, factor)) return RejectCode::kOverflow;
  const Cash most = instrument.state.terms.max_notional;
  if (most == 0) return RejectCode::kNone;
  const auto notional = notional_of(expected_price(instrument, order), order.quantity, factor);
  return notional && *notional <= most ? RejectCode::kNone : RejectCode::kNotionalLimit;
}

bool would_take(const Instrument& instrument, const PlaceOrder& order) {
  return order.post_only && instrument.book.first_against(order.side, order.price) != nullptr;
}

bool is_stop(OrderType type) {
  return type != OrderType::kLimit && type != OrderType::kMarket;
}

RejectCode check_terms(const Instrument& instrument, const PlaceOrder& order, Timestamp now,
                       Slices slices) {
  const InstrumentTerms& terms = instrument.state.terms;
  if (const RejectCode code = check_quantity(terms, order.quantity); code != RejectCode::kNone)
    return code;
  if (const RejectCode code = check_price(terms, order.type, order.price);
      code != RejectCode::kNone)
    return code;
  if (const RejectCode code =
          check_stop_price(terms, order.type, order.stop_price, order.trail_amount);
      code != RejectCode::kNone)
    return code;
  if (!is_consistent(terms, order, now, slices)) return RejectCode::kInvalidOrder;
  return check_band(instrument, order.type, order.price);
}

RejectCode check_means(const State& state, const Instrument& instrument, const PlaceOrder& order,
                       const Demand& demand) {
  if (const RejectCode code = check_notional(instrument, order); code != RejectCode::kNone)
    return code;
  if (!fits(instrument, demand)) return RejectCode::kOverflow;
  if (is_stop(order.type)) return RejectCode::kNone;
  if (const RejectCode code = check_funds(state, instrument, demand); code != RejectCode::kNone)
    return code;
  return would_take(instrument, order) ? RejectCode::kPostOnlyWouldTake : RejectCode::kNone;
}

// None when what is there suffices, and the sum of what is held stays within 64 bits.
RejectCode check_free(Wide free, Wide held, Wide needed, RejectCode otherwise) {
  if (needed > free) return otherwise;
  return held + needed <= kMost ? RejectCode::kNone : RejectCode::kOverflow;
}

RejectCode check_position(const Accounts& accounts, const Demand& demand) {
  Position position;
  if (demand.position != kNoHandle) position = accounts.position(demand.position);
  Wide held = position.held;
  if (demand.holding != nullptr && demand.holding->data.holds) held -= demand.holding->remaining;
  const Wide free = Wide{position.quantity} + accounts[demand.account].short_limit - held;
  return check_free(free, held, demand.quantity, RejectCode::kPositionLimit);
}

RejectCode check_cash(const Accounts& accounts, const Instrument& instrument,
                      const Demand& demand) {
  const std::optional<Cash> hold = cash_hold(instrument, demand.price, demand.quantity);
  if (!hold) return RejectCode::kOverflow;
  const CashIndex index = demand.position != kNoHandle
                              ? accounts.position(demand.position).cash
                              : accounts.find_cash(demand.account, instrument.currency);
  CashBalance balance;
  if (index != kNoHandle) balance = accounts.cash(index);
  Wide held = balance.held;
  if (demand.holding != nullptr && demand.holding->data.holds)
    held -= cash_hold(instrument, demand.holding->price, demand.holding->remaining).value();
  const Wide free = Wide{balance.cash} + balance.credit_limit - held;
  return check_free(free, held, *hold, RejectCode::kInsufficientFunds);
}

// Looks for an earlier order of the same client order id, as long as that counts.
Handle find_first(const State& state, const PlaceOrder& order, AccountSlot account, Timestamp now) {
  if (order.client_order_id.empty() || account == kNoAccount) return kNoHandle;
  const Handle first = state.records.find(account, order.client_order_id);
  if (first == kNoHandle || !state.records.in_window(state.records[first], now)) return kNoHandle;
  return first;
}

RejectCode check_new(const State& state, const PlaceOrder& order, PlaceCheck& found,
                     bool id_is_taken, Timestamp now, Slices slices) {
  if (found.instrument == kNoInstrument) return RejectCode::kUnknownSymbol;
  const Instrument& instrument = state.instruments[found.instrument];
  if (instrument.state.terms.status != InstrumentStatus::kOpen) return RejectCode::kMarketHalted;
  if (found.account == kNoAccount || found.account == kHouseSlot)
    return RejectCode::kUnknownAccount;
  if (state.accounts[found.account].suspended) return RejectCode::kAccountSuspended;
  if (id_is_taken) return RejectCode::kDuplicateClientOrderId;
  if (const RejectCode code = check_terms(instrument, order, now, slices);
      code != RejectCode::kNone)
    return code;
  found.position = state.accounts.find_position(found.account, found.instrument);
  return check_means(
      state, instrument, order,
      {found.account, found.position, order.side, order.type, order.price, order.quantity});
}

}  // namespace

PlaceCheck check_place(const State& state, const PlaceOrder& order, Timestamp now, Slices slices) {
  PlaceCheck check;
  check.instrument = state.instruments.find(order.symbol);
  check.account = state.accounts.find(order.account_id);
  const Handle first = find_first(state, order, check.account, now);
  if (first != kNoHandle &&
      state.records.same_terms(state.records[first], check.instrument, order)) {
    check.repeated = first;
  } else {
    check.code = check_new(state, order, check, first != kNoHandle, now, slices);
  }
  return check;
}

RejectCode check_replace(const State& state, const Order& order, const PlaceOrder& terms,
                         bool price_changes, Slices slices) {
  const Instrument& instrument = state.instrument(order);
  const InstrumentTerms& limits = instrument.state.terms;
  if (const RejectCode code = check_quantity(limits, terms.quantity); code != RejectCode::kNone)
    return code;
  if (const RejectCode code = check_price(limits, terms.type, terms.price);
      code != RejectCode::kNone)
    return code;
  if (const RejectCode code =
          check_stop_price(limits, terms.type, terms.stop_price, terms.trail_amount);
      code != RejectCode::kNone)
    return code;
  if (slices == Slices::kLimited && makes_too_many_slices(terms)) return RejectCode::kInvalidOrder;
  if (price_changes || !order.data.pending) {
    if (const RejectCode code = check_band(instrument, terms.type, terms.price);
        code != RejectCode::kNone)
      return code;
  }
  const Quantity remaining = terms.quantity - filled_quantity(order);
  return check_means(
      state, instrument, terms,
      {order.account, order.data.position, order.side, terms.type, terms.price, remaining, &order});
}

bool makes_too_many_slices(const PlaceOrder& order) {
  return order.display_quantity > 0 &&
         Wide{order.quantity} > Wide{order.display_quantity} * kMostSlices;
}

RejectCode check_quantity(const InstrumentTerms& terms, Quantity quantity) {
  const bool valid = quantity > 0 && quantity <= terms.max_quantity && quantity % terms.lot == 0;
  return valid ? RejectCode::kNone : RejectCode::kInvalidQuantity;
}

RejectCode check_funds(const State& state, const Instrument& instrument, const Demand& demand) {
  if (demand.side == Side::kSell) return check_position(state.accounts, demand);
  if (!holds_cash(demand.side, demand.type)) return RejectCode::kNone;
  return check_cash(state.accounts, instrument, demand);
}

bool fits(const Instrument& instrument, const Demand& demand) {
  if (!is_limit(demand.type)) return true;
  if (demand.side == Side::kBuy && !cash_hold(instrument, demand.price, demand.quantity))
    return false;
  const bool in_book = demand.holding != nullptr && demand.holding->rests();
  const Quantity added = demand.quantity - (in_book ? demand.holding->remaining : 0);
  return added <= 0 || instrument.book.has_room(demand.side, added);
}

PriceRange band_of(const Instrument& instrument) {
  const Price reference = instrument.reference();
  const std::uint64_t band = instrument.state.terms.band_ppm;
  if (band == 0 || reference == 0) return PriceRange::every();
  // |price - reference| * 10^6 <= reference * band, the distance rounded down.
  const UnsignedWide distance = static_cast<UnsignedWide>(reference) * band / kMillion;
  const Wide low = reference - static_cast<Wide>(distance);
  const Wide high = reference + static_cast<Wide>(distance);
  return {static_cast<Price>(std::max<Wide>(low, 0)),
          static_cast<Price>(std::min<Wide>(high, kMost))};
}

}  // namespace outcry
