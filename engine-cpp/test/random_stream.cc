#include "random_stream.h"

#include <algorithm>
#include <string>

namespace outcry::test {
namespace {

constexpr Timestamp kHour = Timestamp{60} * 60 * 1'000'000'000;
constexpr std::size_t kRemembered = 400;

template <class T>
void remember(std::vector<T>& all, const T& one) {
  if (all.size() == kRemembered) all.erase(all.begin(), all.begin() + kRemembered / 2);
  all.push_back(one);
}

Currency currency_of(std::size_t symbol) {
  return Currency(symbol % 4 < 2 ? "USD" : "EUR");
}

Symbol symbol_of(std::size_t symbol) {
  return Symbol("SYM" + std::to_string(symbol));
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, Size size) : size_(size), random_(seed) {
  for (std::size_t i = 0; i < size_.symbols; ++i) {
    terms_.push_back(terms_of(i));
    middle_.push_back(1'000);
  }
}

InstrumentTerms RandomStream::terms_of(std::size_t symbol) const {
  InstrumentTerms terms;
  terms.symbol = symbol_of(symbol);
  terms.currency = currency_of(symbol);
  terms.price_scale = symbol % 2 == 0 ? 2 : 1;
  terms.quantity_scale = 1;
  terms.cash_scale = 4;
  terms.tick = symbol % 4 == 1 ? 5 : 1;
  terms.lot = symbol % 4 == 2 ? 10 : 1;
  // Enough, in some, for icebergs of too many slices.
  terms.max_quantity = symbol % 4 == 3 ? 30'000 : 2'000;
  terms.max_notional = symbol % 4 == 0 ? 1'800'000 : 0;
  terms.reference_price = symbol % 4 == 3 ? 0 : 1'000;
  terms.band_ppm = symbol % 4 == 0 || symbol % 4 == 3 ? 50'000 : 0;
  terms.maker_fee_ppm = symbol % 2 == 0 ? -150 : 700;
  terms.taker_fee_ppm = 1'234;
  return terms;
}

std::vector<Command> RandomStream::opening() {
  std::vector<Command> commands;
  for (const InstrumentTerms& terms : terms_)
    commands.push_back(DefineInstrument{terms, false});
  for (AccountId id = 1; id <= size_.accounts; ++id) {
    // From poor to rich, some with credit and short limits.
    const Cash cash = static_cast<Cash>(id % 12 + 1) * 4'000'000;
    commands.push_back(
        OpenAccount{id, Currency("USD"), cash, id % 3 == 0 ? 3'000'000 : 0, id % 4 == 0 ? 500 : 0});
    commands.push_back(AdjustCash{id, Currency("EUR"), cash, next_reference()});
    for (std::size_t i = 0; i < size_.symbols; ++i) {
      commands.push_back(AdjustPosition{id, symbol_of(i), static_cast<Quantity>(id % 12 + 1) * 60,
                                        next_reference()});
    }
  }
  return commands;
}

Command RandomStream::next() {
  const std::int64_t kind = between(1, 1'000);
  if (kind <= 640) return place();
  if (kind <= 860) return replace();
  if (kind <= 955) return cancel();
  if (kind <= 965)
    return CancelAll{any_account(), chance(50) ? any_symbol() : Symbol(), chance(20)};
  if (kind <= 969) return CloseSession{};
  return administer();
}

Timestamp RandomStream::step() {
  Timestamp step = between(1, 1'000);
  if (between(1, 20'000) == 1) step = between(1, 30) * kHour;
  now_ += step;
  return step;
}

void RandomStream::observe(const Command& command, std::span<const Event> events) {
  for (const Event& event : events) {
    if (const auto* accepted = std::get_if<OrderAccepted>(&event)) {
      const auto& terms = std::get<PlaceOrder>(command);
      open_.push_back({accepted->order_id, terms.account_id});
      if (!terms.client_order_id.empty()) remember(sent_, terms);
    } else if (const auto* traded = std::get_if<Traded>(&event)) {
      if (traded->maker_remaining == 0) close(traded->maker_order_id);
      if (traded->taker_remaining == 0) close(traded->taker_order_id);
    } else if (const auto* canceled = std::get_if<OrderCanceled>(&event)) {
      if (canceled->remaining == 0) close(canceled->order_id);
    } else if (const auto* expired = std::get_if<OrderExpired>(&event)) {
      close(expired->order_id);
    } else if (const auto* defined = std::get_if<InstrumentDefined>(&event)) {
      terms_[defined->instrument] = std::get<DefineInstrument>(command).terms;
    }
  }
}

void RandomStream::close(OrderId order_id) {
  const auto it = std::ranges::find(open_, order_id, &Known::id);
  remember(closed_, *it);
  *it = open_.back();
  open_.pop_back();
}

// Mostly an open one.
const RandomStream::Known* RandomStream::any_order() {
  const std::vector<Known>& from = open_.empty() || chance(6) ? closed_ : open_;
  return from.empty() ? nullptr : &from[random_() % from.size()];
}

std::int64_t RandomStream::between(std::int64_t low, std::int64_t high) {
  // Not std::uniform_int_distribution, which differs between standard libraries.
  return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
}

Command RandomStream::place() {
  if (!sent_.empty() && chance(4)) {
    PlaceOrder again = sent_[random_() % sent_.size()];
    if (chance(30)) again.quantity += 10;
    return again;
  }
  PlaceOrder order = plain_order();
  if (chance(35)) choose_type(order);
  if (chance(4)) spoil(order);
  return order;
}

PlaceOrder RandomStream::plain_order() {
  const auto symbol = any_of(size_.symbols);
  const InstrumentTerms& terms = terms_[symbol];
  PlaceOrder order;
  order.account_id = any_account();
  order.symbol = terms.symbol;
  order.side = chance(50) ? Side::kBuy : Side::kSell;
  order.quantity = terms.lot * between(1, 200 / terms.lot);
  order.price = price_near(symbol);
  order.self_trade_prevention = static_cast<SelfTradePrevention>(between(0, 3));
  if (chance(20)) order.time_in_force = TimeInForce::kIoc;
  if (chance(10)) order.time_in_force = TimeInForce::kFok;
  if (chance(5)) order.time_in_force = TimeInForce::kDay;
  if (chance(5)) {
    order.time_in_force = TimeInForce::kGtd;
    order.expires_at = now_ + between(2'000, 2'000'000);
  }
  if (chance(5)) order.post_only = true;
  if (chance(15)) order.display_quantity = terms.lot * between(1, order.quantity / terms.lot);
  if (chance(6)) order.display_quantity = terms.lot;
  if (chance(40)) {
    order.client_order_id = ClientOrderId("c" + std::to_string(++client_order_ids_ % 3'000));
  }
  return order;
}

// Makes something else than a limit order of it.
void RandomStream::choose_type(PlaceOrder& order) {
  const InstrumentTerms& terms = *std::ranges::find(terms_, order.symbol, &InstrumentTerms::symbol);
  order.type = static_cast<OrderType>(between(2, 5));
  order.post_only = false;
  const Price reach = terms.tick * between(0, 40);
  const Price stop =
      order.side == Side::kBuy ? order.price + reach : std::max(terms.tick, order.price - reach);
  if (order.type == OrderType::kStop || order.type == OrderType::kStopLimit)
    order.stop_price = stop;
  if (order.type == OrderType::kTrailingStop) order.trail_amount = terms.tick * between(1, 30);
  if (order.type != OrderType::kStopLimit) {
    order.display_quantity = 0;
    if (chance(75)) order.price = 0;
  }
  if (order.type == OrderType::kMarket && order.time_in_force == TimeInForce::kGtd) {
    order.time_in_force = TimeInForce::kGtc;
    order.expires_at = 0;
  }
}

// Gets one term wrong, or makes it extreme.
void RandomStream::spoil(PlaceOrder& order) {
  switch (between(0, 13)) {
    case 0:
      order.quantity = between(-5, 0);
      break;
    case 1:
      order.quantity = between(1, 3'000);
      break;
    case 2:
      order.price = between(-5, 0);
      break;
    case 3:
      order.price = between(1, 3'000);
      break;
    case 4:
      order.stop_price = between(-5, 1'500);
      break;
    case 5:
      order.trail_amount = between(-5, 50);
      break;
    case 6:
      order.display_quantity = between(-5, 300);
      break;
    case 7:
      order.post_only = true;
      break;
    case 8:
      order.symbol = Symbol("NONE");
      break;
    case 9:
      order.account_id = chance(50) ? 0 : 999;
      break;
    case 10:
      order.expires_at = now_ - between(0, 100);
      break;
    case 11:
      order.time_in_force = TimeInForce::kGtd;
      break;
    case 12:
      order.display_quantity = between(1, 2);
      order.quantity = order.display_quantity * 10'000 + between(-10, 10);
      break;
    default:
      order.price = Price{1} << between(40, 62);
      break;
  }
}

Command RandomStream::replace() {
  const Known* known = any_order();
  if (known == nullptr) return place();
  const auto symbol = any_of(size_.symbols);
  const InstrumentTerms& terms = terms_[symbol];
  ReplaceOrder replace;
  replace.account_id = chance(98) ? known->account : any_account();
  replace.order_id = known->id;
  if (chance(60)) replace.price = price_near(symbol);
  if (chance(60)) replace.quantity = terms.lot * between(1, 200 / terms.lot);
  if (chance(6)) replace.stop_price = price_near(symbol);
  if (chance(6)) replace.trail_amount = terms.tick * between(1, 30);
  if (chance(2)) replace.price = between(-5, 3'000);
  if (chance(2)) replace.quantity = between(-5, 3'000);
  if (chance(3)) replace.quantity = between(9'990, 20'010);
  return replace;
}

Command RandomStream::cancel() {
  const Known* known = any_order();
  if (known == nullptr) return place();
  return CancelOrder{chance(98) ? known->account : any_account(), known->id, chance(5)};
}

AccountId RandomStream::any_account() {
  return static_cast<AccountId>(between(1, static_cast<std::int64_t>(size_.accounts)));
}

Symbol RandomStream::any_symbol() {
  return symbol_of(any_of(size_.symbols));
}

Currency RandomStream::any_currency() {
  return terms_[any_of(size_.symbols)].currency;
}

Price RandomStream::price_near(std::size_t symbol) {
  const InstrumentTerms& terms = terms_[symbol];
  middle_[symbol] = std::clamp<Price>(middle_[symbol] + between(-2, 2), 800, 1'200);
  return std::max<Price>(1, (middle_[symbol] + between(-25, 25)) / terms.tick) * terms.tick;
}

}  // namespace outcry::test
