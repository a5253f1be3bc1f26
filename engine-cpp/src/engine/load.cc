#include <numeric>
#include <vector>

#include "engine/engine.h"
#include "engine/snapshot_archive.h"
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
  }

 private:
  // An order that has its place when its record is known.
  struct Loaded {
    Order* order;
    InstrumentIndex instrument;
    bool pending;
    Price best;  // of a trailing stop
  };

  std::uint64_t load_count() {
    std::uint64_t count = 0;
    in_(count);
    return count;
  }

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
    std::vector<CurrencyEntry> currencies(load_count());
    for (CurrencyEntry& currency : currencies) {
      in_(currency.name, currency.cash_scale, currency.deposited, currency.house);
      state_.instruments.add_currency(currency.name);
    }
    const std::uint64_t count = load_count();
    for (std::uint64_t i = 0; i < count; ++i) {
      InstrumentTerms terms;
      CurrencyIndex currency = 0;
      terms_fields(in_, terms);
      in_(currency);
      in_.require(currency < currencies.size(), "an instrument of an unknown currency");
      Instrument& instrument = state_.instruments.define(terms, currency);
      in_(instrument.state.last_price, instrument.deposited);
    }
    for (CurrencyIndex i = 0; i < currencies.size(); ++i)
      state_.instruments.currency(i) = currencies[i];
  }

  void load_accounts() {
    Accounts& accounts = state_.accounts;
    const std::uint64_t account_count = load_count();
    for (std::uint64_t i = 0; i < account_count; ++i) {
      Account read;
      in_(read.id, read.last_sequence, read.short_limit, read.suspended);
      const AccountSlot slot =
          i == kHouseSlot ? kHouseSlot : accounts.open(read.id, read.short_limit);
      accounts[slot].last_sequence = read.last_sequence;
      accounts[slot].suspended = read.suspended;
    }
    const std::uint64_t cash_count = load_count();
    for (std::uint64_t i = 0; i < cash_count; ++i) {
      CashBalance read;
      in_(read.account, read.currency, read.cash, read.credit_limit);
      in_.require(read.account < accounts.size(), "cash of an unknown account");
      CashBalance& balance = accounts.cash(accounts.find_or_add_cash(read.account, read.currency));
      balance.cash = read.cash;
      balance.credit_limit = read.credit_limit;
    }
    const std::uint64_t position_count = load_count();
    for (std::uint64_t i = 0; i < position_count; ++i) {
      Position read;
      in_(read.account, read.instrument, read.quantity);
      in_.require(read.account < accounts.size() && read.instrument < state_.instruments.size(),
                  "a position in nothing or of nobody");
      const CurrencyIndex currency = state_.instruments[read.instrument].currency;
      accounts.position(accounts.find_or_add_position(read.account, read.instrument, currency))
          .quantity = read.quantity;
    }
  }

  void load_orders() {
    orders_.resize(load_count());
    for (Loaded& loaded : orders_)
      load_order(loaded);
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

  void load_order(Loaded& loaded) {
    OrderId order_id = 0;
    bool post_only = false;
    in_(order_id, loaded.instrument, post_only, loaded.pending);
    in_.require(state_.orders.find(order_id) == nullptr, "two orders of one id");
    in_.require(loaded.instrument < state_.instruments.size(), "an order in nothing");
    Order& order = state_.orders.create(order_id);
    loaded.order = &order;
    order_fields(in_, order);
    in_.require(order.account < state_.accounts.size(), "an order of nobody");
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
  }

  void load_record(bool remembered) {
    OrderRecord record;
    bool open = false;
    bool found = false;
    bool has_special = false;
    record_fields(in_, record);
    in_(open, found, has_special);
    record.open = open;
    SpecialTerms special;
    if (has_special) special_fields(in_, special);
    const Handle handle =
        state_.records.restore(record, has_special ? &special : nullptr, found, remembered);
    if (!open) return;
    Order* order = state_.orders.find(record.order_id);
    in_.require(order != nullptr, "a record of an open order that is not there");
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
      state_.references.add(record);
    }
  }

  void place(const Loaded& loaded) {
    Order& order = *loaded.order;
    Instrument& instrument = state_.instruments[loaded.instrument];
    if (!loaded.pending) {
      activate(state_, order);
      instrument.book.restore(order);
      return;
    }
    in_.require(order.data.record != kNoHandle, "a stop without its record");
    restore_waiting(state_, order, loaded.best);
  }

  State& state_;
  SnapshotIn in_;
  std::vector<Loaded> orders_;
};

}  // namespace

Engine Engine::load(SnapshotReader& reader, const EngineSettings& settings) {
  Engine engine(settings);
  Loading(*engine.state_, reader).run();
  return engine;
}

}  // namespace outcry
