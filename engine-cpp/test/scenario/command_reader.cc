#include "scenario/command_reader.h"

#include <map>

namespace outcry::test {
namespace {

const std::map<std::string, SelfTradePrevention> kSelfTradeModes{
    {"cancel-newest", SelfTradePrevention::kCancelNewest},
    {"cancel-oldest", SelfTradePrevention::kCancelOldest},
    {"cancel-both", SelfTradePrevention::kCancelBoth},
    {"decrement", SelfTradePrevention::kDecrement}};

const std::map<std::string, OrderType> kOrderTypes{{"limit", OrderType::kLimit},
                                                   {"market", OrderType::kMarket},
                                                   {"stop", OrderType::kStop},
                                                   {"stop-limit", OrderType::kStopLimit},
                                                   {"trailing-stop", OrderType::kTrailingStop}};

OrderType type_of(bool market, bool has_price, bool has_stop, bool has_trail) {
  if (has_trail) return OrderType::kTrailingStop;
  if (has_stop) return has_price ? OrderType::kStopLimit : OrderType::kStop;
  return market ? OrderType::kMarket : OrderType::kLimit;
}

TimeInForce read_time_in_force(Words& words) {
  if (words.take_flag("day")) return TimeInForce::kDay;
  if (words.take_flag("ioc")) return TimeInForce::kIoc;
  if (words.take_flag("fok")) return TimeInForce::kFok;
  if (words.take_flag("gtd")) return TimeInForce::kGtd;
  return TimeInForce::kGtc;
}

}  // namespace

std::vector<ReadCommand> CommandReader::read(const std::string& line) {
  Words words(line);
  const std::string first = words.next();
  std::vector<ReadCommand> commands;
  if (first == "account") {
    commands = read_account(words);
  } else if (first == "instrument") {
    commands.push_back({read_instrument(words), ""});
  } else if (first == "deposit") {
    commands.push_back({read_deposit(words), ""});
  } else if (first == "limits") {
    commands.push_back({read_limits(words), ""});
  } else if (first == "halt") {
    commands.push_back({read_status(words, InstrumentStatus::kHalted), ""});
  } else if (first == "reopen") {
    commands.push_back({read_status(words, InstrumentStatus::kOpen), ""});
  } else if (first == "suspend") {
    commands.push_back({SuspendAccount{names_.account(words.next())}, ""});
  } else if (first == "resume") {
    commands.push_back({ResumeAccount{names_.account(words.next())}, ""});
  } else if (first == "close-session") {
    commands.push_back({CloseSession{}, ""});
  } else {
    commands.push_back(read_order_command(first, words));
  }
  words.expect_end();
  return commands;
}

std::vector<ReadCommand> CommandReader::read_account(Words& words) {
  OpenAccount open;
  const std::string name = words.next();
  open.account_id = names_.account(name);
  open.currency = Currency(words.take_option("currency").value_or("USD"));
  open.cash = words.take_number_option("cash", 0);
  open.credit_limit = words.take_number_option("credit", 0);
  open.short_limit = words.take_number_option("short", 0);
  std::vector<ReadCommand> commands{{open, ""}};
  while (const auto position = words.take_any_option()) {
    commands.push_back({AdjustPosition{open.account_id, Symbol(position->first),
                                       Words::to_number(position->second),
                                       Reference("opening-" + position->first)},
                        ""});
  }
  return commands;
}

Command CommandReader::read_instrument(Words& words) const {
  DefineInstrument define;
  InstrumentTerms& terms = define.terms;
  terms.symbol = Symbol(words.next());
  terms.currency = Currency("USD");
  terms.max_quantity = 1'000'000;
  // A known one keeps what is not said.
  const InstrumentIndex index = engine_.find_instrument(terms.symbol);
  if (index != kNoInstrument) terms = engine_.instrument(index).terms;
  if (const auto currency = words.take_option("currency")) terms.currency = Currency(*currency);
  const auto take = [&](const char* key, auto& field) {
    using Field = std::remove_reference_t<decltype(field)>;
    field = static_cast<Field>(words.take_number_option(key, static_cast<std::int64_t>(field)));
  };
  take("price-scale", terms.price_scale);
  take("quantity-scale", terms.quantity_scale);
  take("cash-scale", terms.cash_scale);
  take("tick", terms.tick);
  take("lot", terms.lot);
  take("max-quantity", terms.max_quantity);
  take("max-notional", terms.max_notional);
  take("reference", terms.reference_price);
  take("band", terms.band_ppm);
  take("maker", terms.maker_fee_ppm);
  take("taker", terms.taker_fee_ppm);
  define.only_if_absent = words.take_flag("if-absent");
  return define;
}

Command CommandReader::read_deposit(Words& words) {
  const AccountId account = names_.account(words.next());
  const std::int64_t amount = words.next_number();
  const std::string thing = words.next();
  const Reference reference(words.take_option("ref").value_or(""));
  if (engine_.find_instrument(Symbol(thing)) != kNoInstrument)
    return AdjustPosition{account, Symbol(thing), amount, reference};
  return AdjustCash{account, Currency(thing), amount, reference};
}

Command CommandReader::read_limits(Words& words) {
  SetLimits limits;
  limits.account_id = names_.account(words.next());
  limits.currency = Currency(words.take_option("currency").value_or("USD"));
  limits.credit_limit = words.take_number_option("credit", 0);
  limits.short_limit = words.take_number_option("short", 0);
  return limits;
}

Command CommandReader::read_status(Words& words, InstrumentStatus status) const {
  return SetInstrumentStatus{read_symbol(words), status};
}

ReadCommand CommandReader::read_order_command(const std::string& who, Words& words) {
  const bool admin = who == "admin";
  const AccountId account = names_.account(admin ? words.next() : who);
  const std::string what = words.next();
  if (what == "cancel") return {CancelOrder{account, read_order(words), admin}, ""};
  if (what == "cancel-all") {
    const Symbol symbol = words.empty() ? Symbol() : read_symbol(words);
    return {CancelAll{account, symbol, admin}, ""};
  }
  if (what == "replace") return {read_replace(account, words), ""};
  if (what == "buy") return read_place(account, Side::kBuy, words);
  if (what == "sell") return read_place(account, Side::kSell, words);
  throw ScenarioError("'" + what + "' is not understood");
}

ReadCommand CommandReader::read_place(AccountId account, Side side, Words& words) const {
  ReadCommand read;
  read.order_name = words.take_pair("as").value_or("");
  PlaceOrder order;
  order.account_id = account;
  order.side = side;
  order.quantity = words.next_number();
  const bool market = words.take_flag("market");
  const auto price = words.take_number_pair("at");
  const auto worst = words.take_number_pair("worst");
  const auto stop = words.take_number_pair("stop");
  const auto trail = words.take_number_pair("trail");
  const auto until = words.take_number_pair("until");
  order.type = type_of(market, price.has_value(), stop.has_value(), trail.has_value());
  // What the other words do not lead to.
  if (const auto type = words.take_option("type")) order.type = kOrderTypes.at(*type);
  order.time_in_force = until ? TimeInForce::kGtd : read_time_in_force(words);
  order.price = price.value_or(worst.value_or(0));
  order.stop_price = stop.value_or(0);
  order.trail_amount = trail.value_or(0);
  order.expires_at = until ? start_ + *until : words.take_number_option("expires", 0);
  order.display_quantity = words.take_number_pair("showing").value_or(0);
  order.post_only = words.take_flag("post-only");
  order.client_order_id = ClientOrderId(words.take_option("id").value_or(""));
  if (const auto mode = words.take_option("self-trade"))
    order.self_trade_prevention = kSelfTradeModes.at(*mode);
  order.symbol = words.empty() ? default_symbol() : read_symbol(words);
  read.command = order;
  return read;
}

Command CommandReader::read_replace(AccountId account, Words& words) const {
  ReplaceOrder replace;
  replace.account_id = account;
  replace.order_id = read_order(words);
  replace.quantity = words.take_number_option("quantity", 0);
  replace.price = words.take_number_option("price", 0);
  replace.stop_price = words.take_number_option("stop", 0);
  replace.trail_amount = words.take_number_option("trail", 0);
  return replace;
}

OrderId CommandReader::read_order(Words& words) const {
  const std::string name = words.next();
  const OrderId id = names_.order(name);
  return id != 0 ? id : static_cast<OrderId>(Words::to_number(name));
}

Symbol CommandReader::read_symbol(Words& words) const {
  return words.empty() ? default_symbol() : Symbol(words.next());
}

// The first one defined.
Symbol CommandReader::default_symbol() const {
  if (engine_.instrument_count() == 0) throw ScenarioError("no instrument yet");
  return engine_.instrument(0).terms.symbol;
}

}  // namespace outcry::test
