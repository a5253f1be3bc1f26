#include <limits>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "engine/snapshot_archive.h"
#include "engine/snapshot_checks.h"
#include "engine/snapshot_fields.h"
#include "engine/state.h"
#include "engine/transitions.h"
#include "engine/workspace.h"

namespace outcry {
namespace {

class Loading {
 public:
  Loading(State& state, SnapshotReader& reader) : state_(state), in_(reader) {}

  void run() {
    load_header();
    load_instruments();
    load_accounts();
    load_orders();
    load_remembered();
    load_references();
    for (const Loaded& loaded : orders_)
      place(loaded);
    check(flaw_of(state_));
  }

 private:
  // An order that has its place when its record is known.
  struct Loaded {
    Order* order;
    InstrumentIndex instrument;
    bool pending;
    Price best;  // of a trailing stop
  };

  // Nothing may be reserved for so many: they need not be there.
  std::uint64_t load_count() {
    std::uint64_t count = 0;
    in_(count);
    return count;
  }

  void check(const char* flaw) const { in_.require(flaw == nullptr, flaw); }

  void load_header() {
    std::uint64_t magic = 0;
    std::uint16_t engine_group = 0;
    Timestamp window = 0;
    in_(magic);
    in_.require(magic == kSnapshotMagic, "not a snapshot of this format");
    in_(engine_group, window, state_.last_sequence, state_.last_time, state_.last_order_id,
        state_.last_trade_id);
    in_.require(engine_group == state_.settings.engine_group, "of another engine group");
    in_.require(window == state_.settings.client_order_id_window,
                "written with another window for client order ids");
  }

  void load_instruments() {
    Instruments& instruments = state_.instruments;
    const std::uint64_t currency_count = load_count();
    for (std::uint64_t i = 0; i < currency_count; ++i) {
      CurrencyEntry currency;
      in_(currency.name, currency.cash_scale, currency.deposited, currency.house);
      check(flaw_of(state_, currency));
      instruments.currency(instruments.add_currency(currency.name)) = currency;
    }
    const std::uint64_t count = load_count();
    for (std::uint64_t i = 0; i < count; ++i) {
      InstrumentTerms terms;
      CurrencyIndex currency = 0;
      terms_fields(in_, terms);
      in_(currency);
      check(flaw_of(state_, terms, currency));
      Instrument& instrument = instruments.define(terms, currency);
      in_(instrument.state.last_price, instrument.deposited);
      in_.require(instrument.state.last_price >= 0, "a last price");
    }
  }

  void load_accounts() {
    Accounts& accounts = state_.accounts;
    const std::uint64_t account_count = load_count();
    for (std::uint64_t i = 0; i < account_count; ++i) {
      Account read;
      in_(read.id, read.last_sequence, read.short_limit, read.suspended);
      if (i != kHouseSlot) check(flaw_of(state_, read));
      in_.require(i != kHouseSlot || read.id == kHouse, "the house's account");
      in_.require(read.last_sequence <= state_.last_sequence, "an account's last sequence");
      const AccountSlot slot =
          i == kHouseSlot ? kHouseSlot : accounts.open(read.id, read.short_limit);
      accounts[slot].last_sequence = read.last_sequence;
      accounts[slot].suspended = read.suspended;
    }
    load_cash();
    const std::uint64_t position_count = load_count();
    for (std::uint64_t i = 0; i < position_count; ++i) {
      Position read;
      in_(read.account, read.instrument, read.quantity);
      check(flaw_of(state_, read));
      const CurrencyIndex currency = state_.instruments[read.instrument].currency;
      accounts.position(accounts.find_or_add_position(read.account, read.instrument, currency))
          .quantity = read.quantity;
    }
  }

  void load_cash() {
    Accounts& accounts = state_.accounts;
    const std::uint64_t cash_count = load_count();
    for (std::uint64_t i = 0; i < cash_count; ++i) {
      CashBalance read;
      in_(read.account, read.currency, read.cash, read.credit_limit);
      check(flaw_of(state_, read));
      CashBalance& balance = accounts.cash(accounts.find_or_add_cash(read.account, read.currency));
      balance.cash = read.cash;
      balance.credit_limit = read.credit_limit;
    }
  }

  void load_orders() {
    const std::uint64_t count = load_count();
    for (std::uint64_t i = 0; i < count; ++i)
      orders_.push_back(load_order());
    // Prices that the tick was changed under are multiples of a smaller step.
    std::vector<Price> steps(state_.instruments.size());
    for (InstrumentIndex i = 0; i < steps.size(); ++i)
      steps[i] = state_.instruments[i].state.terms.tick;
    for (const Loaded& loaded : orders_)
      steps[loaded.instrument] = std::gcd(steps[loaded.instrument], loaded.order->price);
    for (InstrumentIndex i = 0; i < steps.size(); ++i) {
      if (steps[i] != state_.instruments[i].state.terms.tick)
        state_.instruments[i].book.set_tick(steps[i]);
    }
  }

  Loaded load_order() {
    Loaded loaded{};
    OrderId order_id = 0;
    bool post_only = false;
    in_(order_id, loaded.instrument, post_only, loaded.pending);
    in_.require(state_.orders.find(order_id) == nullptr, "two orders of one id");
    in_.require(loaded.instrument < state_.instruments.size(), "an order in nothing");
    Order& order = state_.orders.create(order_id);
    loaded.order = &order;
    order_fields(in_, order);
    check(flaw_of(state_, order, order_id, loaded.pending));
    order.set_display_quantity(order.display_quantity);
    order.data.post_only = post_only;
    order.data.position = state_.accounts.find_or_add_position(
        order.account, loaded.instrument, state_.instruments[loaded.instrument].currency);
    state_.accounts.add_open_order(order);
    if (loaded.pending && order.data.type == OrderType::kTrailingStop) in_(loaded.best);
    RecordPlace place = RecordPlace::kNone;
    in_(place);
    order.data.record = kNoHandle;
    if (place == RecordPlace::kHere) load_record(false);
    return loaded;
  }

  void load_record(bool remembered) {
    OrderRecord record;
    bool open = false;
    bool found = false;
    bool has_special = false;
    record_fields(in_, record);
    in_(open, found, has_special);
    record.open = open;
    record.found = found;
    SpecialTerms special;
    if (has_special) special_fields(in_, special);
    check(flaw_of(state_, record, has_special ? &special : nullptr, remembered));
    record.found = false;
    const Handle handle =
        state_.records.restore(record, has_special ? &special : nullptr, found, remembered);
    if (!open) return;
    Order* order = state_.orders.find(record.order_id);
    order->data.record = handle;
    if (special.expires_at != 0) state_.expiries.add(special.expires_at, order->id);
  }

  void load_remembered() {
    const std::uint64_t count = load_count();
    for (std::uint64_t i = 0; i < count; ++i)
      load_record(true);
  }

  void load_references() {
    const std::uint64_t count = load_count();
    for (std::uint64_t i = 0; i < count; ++i) {
      AdjustmentRecord record;
      adjustment_fields(in_, record);
      check(flaw_of(state_, record));
      state_.references.add(record);
    }
  }

  void place(const Loaded& loaded) {
    Order& order = *loaded.order;
    if (!loaded.pending) {
      check(flaw_of_resting(state_, order));
      activate(state_, order);
      state_.instruments[loaded.instrument].book.restore(order);
      return;
    }
    check(flaw_of_waiting(state_, order));
    in_.require(order.id > last_waiting_, "stops that do not wait in order of their ids");
    last_waiting_ = order.id;
    if (order.data.type == OrderType::kTrailingStop) check_best(loaded);
    restore_waiting(state_, order, loaded.best);
  }

  // Of two trailing stops, the one accepted earlier has seen all that the later one saw.
  void check_best(const Loaded& loaded) {
    const Order& order = *loaded.order;
    in_.require(loaded.best >= 0, "a trailing stop's best price");
    Price rank = std::numeric_limits<Price>::max();
    if (loaded.best != 0) rank = order.side == Side::kBuy ? loaded.best : -loaded.best;
    const auto [earlier, first] = best_ranks_.try_emplace({loaded.instrument, order.side}, rank);
    in_.require(first || rank >= earlier->second, "a trailing stop's best price");
    earlier->second = rank;
  }

  State& state_;
  SnapshotIn in_;
  std::vector<Loaded> orders_;
  OrderId last_waiting_ = 0;
  // Of the last trailing stop of an instrument and side.
  std::map<std::pair<InstrumentIndex, Side>, Price> best_ranks_;
};

}  // namespace

Engine Engine::load(SnapshotReader& reader, const EngineSettings& settings) {
  Engine engine(settings);
  Loading(*engine.state_, reader).run();
  return engine;
}

}  // namespace outcry
