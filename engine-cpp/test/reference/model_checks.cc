#include "reference/model.h"

#include <limits>

namespace outcry::reference {
namespace {

constexpr Integer kMillion = 1'000'000;
constexpr Quantity kMostTimesShown = 10'000;
constexpr Integer kLargest = std::numeric_limits<std::int64_t>::max();

bool has_limit_price(OrderType type) {
  return type == OrderType::kLimit || type == OrderType::kStopLimit;
}

bool is_stop(OrderType type) {
  return type == OrderType::kStop || type == OrderType::kStopLimit ||
         type == OrderType::kTrailingStop;
}

bool on_tick(const ModelInstrument& in, Price price) {
  return price > 0 && price % in.terms.tick == 0;
}

Price reference_of(const ModelInstrument& in) {
  return in.last != 0 ? in.last : in.terms.reference_price;
}

}  // namespace

RejectCode Model::check_new(const PlaceOrder& order) const {
  const ModelInstrument* in = instrument(order.symbol);
  if (in == nullptr) return RejectCode::kUnknownSymbol;
  if (in->terms.status == InstrumentStatus::kHalted) return RejectCode::kMarketHalted;
  const ModelAccount* owner = account(order.account_id);
  if (owner == nullptr || owner->id == 0) return RejectCode::kUnknownAccount;
  if (owner->suspended) return RejectCode::kAccountSuspended;
  if (first_of(order) != nullptr) return RejectCode::kDuplicateClientOrderId;
  if (const RejectCode code = check_quantity(*in, order.quantity); code != RejectCode::kNone)
    return code;
  if (const RejectCode code = check_prices(*in, order); code != RejectCode::kNone) return code;
  if (!options_are_consistent(*in, order)) return RejectCode::kInvalidOrder;
  if (has_limit_price(order.type) && is_outside_band(*in, order.price))
    return RejectCode::kPriceOutOfBand;
  return check_means(*in, order, order.quantity, 0);
}

// Same price and a smaller total, of an order in the book.
bool Model::only_reduces(const ModelOrder& order, const ReplaceOrder& command) {
  const bool new_price = command.price != 0 && command.price != order.terms.price;
  return order.stage != Stage::kWaiting && command.quantity != 0 &&
         command.quantity < order.terms.quantity && !new_price && command.stop_price == 0 &&
         command.trail_amount == 0;
}

PlaceOrder Model::wanted_terms(const ModelOrder& order, const ReplaceOrder& command) {
  PlaceOrder wanted = order.terms;
  if (order.stage != Stage::kWaiting) {
    // It is what it became when it triggered.
    if (wanted.type == OrderType::kStopLimit) wanted.type = OrderType::kLimit;
    wanted.stop_price = 0;
    wanted.trail_amount = 0;
  }
  if (command.price != 0) wanted.price = command.price;
  if (command.quantity != 0) wanted.quantity = command.quantity;
  if (command.stop_price != 0) wanted.stop_price = command.stop_price;
  if (command.trail_amount != 0) wanted.trail_amount = command.trail_amount;
  return wanted;
}

RejectCode Model::check_replace(const ModelOrder& order, const ReplaceOrder& command) const {
  const ModelInstrument& in = *instrument(order.terms.symbol);
  if (in.terms.status == InstrumentStatus::kHalted) return RejectCode::kMarketHalted;
  if (command.price == 0 && command.quantity == 0 && command.stop_price == 0 &&
      command.trail_amount == 0)
    return RejectCode::kInvalidOrder;
  if (command.quantity != 0) {
    const RejectCode code = check_quantity(in, command.quantity);
    if (code != RejectCode::kNone || command.quantity <= order.filled) return code;
  }
  if (only_reduces(order, command)) return RejectCode::kNone;
  const PlaceOrder wanted = wanted_terms(order, command);
  if (const RejectCode code = check_quantity(in, wanted.quantity); code != RejectCode::kNone)
    return code;
  if (const RejectCode code = check_prices(in, wanted); code != RejectCode::kNone) return code;
  if (shows_too_often(wanted)) return RejectCode::kInvalidOrder;
  const bool looks_at_price = order.stage != Stage::kWaiting || wanted.price != order.terms.price;
  if (has_limit_price(wanted.type) && looks_at_price && is_outside_band(in, wanted.price))
    return RejectCode::kPriceOutOfBand;
  return check_means(in, wanted, wanted.quantity - order.filled, order.id);
}

RejectCode Model::check_quantity(const ModelInstrument& in, Quantity quantity) const {
  if (quantity <= 0 || quantity > in.terms.max_quantity) return RejectCode::kInvalidQuantity;
  return quantity % in.terms.lot == 0 ? RejectCode::kNone : RejectCode::kInvalidQuantity;
}

RejectCode Model::check_prices(const ModelInstrument& in, const PlaceOrder& order) const {
  const bool needs_price = has_limit_price(order.type);
  if ((needs_price || order.price != 0) && !on_tick(in, order.price))
    return RejectCode::kInvalidPrice;
  const bool needs_stop = order.type == OrderType::kStop || order.type == OrderType::kStopLimit;
  const bool needs_trail = order.type == OrderType::kTrailingStop;
  if (needs_stop && !on_tick(in, order.stop_price)) return RejectCode::kInvalidStopPrice;
  if (needs_trail && !on_tick(in, order.trail_amount)) return RejectCode::kInvalidStopPrice;
  if (!needs_stop && order.stop_price != 0) return RejectCode::kInvalidOrder;
  if (!needs_trail && order.trail_amount != 0) return RejectCode::kInvalidOrder;
  return RejectCode::kNone;
}

bool Model::options_are_consistent(const ModelInstrument& in, const PlaceOrder& order) const {
  const bool at_once =
      order.time_in_force == TimeInForce::kIoc || order.time_in_force == TimeInForce::kFok;
  if (order.post_only && (order.type != OrderType::kLimit || at_once)) return false;
  if (order.display_quantity != 0) {
    if (!has_limit_price(order.type)) return false;
    if (order.display_quantity < 0 || order.display_quantity > order.quantity) return false;
    if (order.display_quantity % in.terms.lot != 0) return false;
    if (shows_too_often(order)) return false;
  }
  if (order.time_in_force == TimeInForce::kGtd)
    return order.expires_at > now_ && order.type != OrderType::kMarket;
  return order.expires_at == 0;
}

// Each time a slice; the last one may be smaller.
bool Model::shows_too_often(const PlaceOrder& order) {
  if (order.quantity <= 0 || order.display_quantity <= 0) return false;
  const Quantity whole = order.quantity / order.display_quantity;
  return whole > kMostTimesShown ||
         (whole == kMostTimesShown && order.quantity % order.display_quantity != 0);
}

bool Model::is_outside_band(const ModelInstrument& in, Price price) const {
  const Integer reference = reference_of(in);
  if (in.terms.band_ppm == 0 || reference == 0) return false;
  const Integer distance = price > reference ? price - reference : reference - price;
  return distance * kMillion > reference * in.terms.band_ppm;
}

RejectCode Model::check_notional(const ModelInstrument& in, const PlaceOrder& order) const {
  if (order.price != 0 && notional(in.terms, order.price, order.quantity) > kLargest)
    return RejectCode::kOverflow;
  if (in.terms.max_notional == 0) return RejectCode::kNone;
  Price price = order.price;
  if (price == 0) price = order.stop_price;
  if (price == 0) price = reference_of(in);
  return notional(in.terms, price, order.quantity) > in.terms.max_notional
             ? RejectCode::kNotionalLimit
             : RejectCode::kNone;
}

// Notional, funds or position, post-only. `quantity` is what would be open, `instead_of` an order
// that would no longer be as it is; 0: none.
RejectCode Model::check_means(const ModelInstrument& in, const PlaceOrder& order, Quantity quantity,
                              OrderId instead_of) const {
  if (const RejectCode code = check_notional(in, order); code != RejectCode::kNone) return code;
  const bool limit_buy = order.side == Side::kBuy && has_limit_price(order.type);
  if (limit_buy && hold(in.terms, order.price, quantity) > kLargest) return RejectCode::kOverflow;
  if (is_stop(order.type)) return RejectCode::kNone;
  const std::string currency(in.terms.currency.view());
  const std::string symbol(in.terms.symbol.view());
  if (limit_buy &&
      hold(in.terms, order.price, quantity) > available(order.account_id, currency, instead_of))
    return RejectCode::kInsufficientFunds;
  if (limit_buy &&
      held(order.account_id, currency, instead_of) + hold(in.terms, order.price, quantity) >
          kLargest)
    return RejectCode::kOverflow;
  if (order.side == Side::kSell && quantity > free_position(order.account_id, symbol, instead_of) +
                                                  account(order.account_id)->short_limit)
    return RejectCode::kPositionLimit;
  return would_take(in, order) ? RejectCode::kPostOnlyWouldTake : RejectCode::kNone;
}

bool Model::would_take(const ModelInstrument& in, const PlaceOrder& order) const {
  if (!order.post_only) return false;
  const bool buys = order.side == Side::kBuy;
  for (const OrderId id : buys ? in.asks : in.bids) {
    const Price price = open_.at(id).terms.price;
    if (buys ? price <= order.price : price >= order.price) return true;
  }
  return false;
}

// ---- Holds

Model::Holds Model::cash_holds() const {
  Holds holds;
  for (const auto& [id, order] : open_) {
    if (order.stage == Stage::kWaiting || !order.buys() || !order.is_limit()) continue;
    const ModelInstrument& in = *instrument(order.terms.symbol);
    holds[{order.terms.account_id, std::string(in.terms.currency.view())}] +=
        hold(in.terms, order.terms.price, order.remaining());
  }
  return holds;
}

Model::Holds Model::position_holds() const {
  Holds holds;
  for (const auto& [id, order] : open_) {
    if (order.stage == Stage::kWaiting || order.buys()) continue;
    holds[{order.terms.account_id, std::string(order.terms.symbol.view())}] += order.remaining();
  }
  return holds;
}

Integer Model::available(AccountId account_id, const std::string& currency, OrderId without) const {
  const ModelAccount& owner = *account(account_id);
  Integer sum = -held(account_id, currency, without);
  if (const auto it = owner.cash.find(currency); it != owner.cash.end()) sum += it->second;
  if (const auto it = owner.credit.find(currency); it != owner.credit.end()) sum += it->second;
  return sum;
}

Integer Model::held(AccountId account_id, const std::string& currency, OrderId without) const {
  Integer sum = 0;
  for (const auto& [id, order] : open_) {
    if (id == without || order.terms.account_id != account_id || !order.buys()) continue;
    if (order.stage == Stage::kWaiting || !order.is_limit()) continue;
    const InstrumentTerms& terms = instrument(order.terms.symbol)->terms;
    if (terms.currency.view() == currency) sum += hold(terms, order.terms.price, order.remaining());
  }
  return sum;
}

// With those terms in place of its instrument's: what each account holds in all, and what each stop
// that waits there would hold by itself.
bool Model::holds_fit(const InstrumentTerms& terms) const {
  Holds sums;
  for (const auto& [id, order] : open_) {
    if (!order.buys() || !order.is_limit()) continue;
    const bool concerned = order.terms.symbol == terms.symbol;
    const InstrumentTerms& its_terms = concerned ? terms : instrument(order.terms.symbol)->terms;
    const Integer amount = hold(its_terms, order.terms.price, order.remaining());
    if (concerned && amount > kLargest) return false;
    if (order.stage == Stage::kWaiting || its_terms.currency != terms.currency) continue;
    Integer& sum = sums[{order.terms.account_id, std::string(terms.currency.view())}];
    sum += amount;
    if (sum > kLargest) return false;
  }
  return true;
}

Integer Model::free_position(AccountId account_id, const std::string& symbol,
                             OrderId without) const {
  const ModelAccount& owner = *account(account_id);
  Integer sum = 0;
  if (const auto it = owner.positions.find(symbol); it != owner.positions.end()) sum += it->second;
  for (const auto& [id, order] : open_) {
    if (id == without || order.terms.account_id != account_id || order.buys()) continue;
    if (order.stage != Stage::kWaiting && order.terms.symbol.view() == symbol)
      sum -= order.remaining();
  }
  return sum;
}

// ---- Arithmetic

Integer Model::notional(const InstrumentTerms& terms, Price price, Quantity quantity) {
  Integer product = Integer{price} * quantity;
  for (int digits = terms.cash_scale - terms.price_scale - terms.quantity_scale; digits > 0;
       --digits)
    product *= 10;
  return product;
}

Integer Model::fee(Integer notional, std::int32_t ppm) {
  const Integer product = notional * ppm;
  if (product <= 0) return product / kMillion;  // of a rebate, what is not whole is dropped
  return product % kMillion == 0 ? product / kMillion : product / kMillion + 1;
}

Integer Model::hold(const InstrumentTerms& terms, Price price, Quantity quantity) {
  const Integer amount = notional(terms, price, quantity);
  const Integer maker = fee(amount, terms.maker_fee_ppm);
  const Integer taker = fee(amount, terms.taker_fee_ppm);
  return amount + std::max<Integer>({maker, taker, 0});
}

}  // namespace outcry::reference
