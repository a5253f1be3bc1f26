#include <algorithm>
#include <vector>

#include "engine/engine.h"
#include "engine/snapshot_archive.h"
#include "engine/snapshot_fields.h"
#include "engine/state.h"

namespace outcry {
namespace {

class Saving {
 public:
  Saving(const State& state, SnapshotWriter& writer) : state_(state), out_(writer) {}

  void run() {
    out_(kSnapshotMagic, state_.settings.engine_group, state_.settings.client_order_id_window,
         state_.last_sequence, state_.last_time, state_.last_order_id, state_.last_trade_id);
    save_instruments();
    save_accounts();
    save_orders();
    save_remembered();
    save_references();
    out_.flush();
  }

 private:
  void save_instruments() {
    const Instruments& instruments = state_.instruments;
    out_(std::uint64_t{instruments.currency_count()});
    for (CurrencyIndex i = 0; i < instruments.currency_count(); ++i) {
      const CurrencyEntry& currency = instruments.currency(i);
      out_(currency.name, currency.cash_scale, currency.deposited, currency.house);
    }
    out_(std::uint64_t{instruments.size()});
    for (InstrumentIndex i = 0; i < instruments.size(); ++i) {
      const Instrument& instrument = instruments[i];
      InstrumentTerms terms = instrument.state.terms;
      terms_fields(out_, terms);
      out_(instrument.currency, instrument.state.last_price, instrument.deposited);
    }
  }

  void save_accounts() {
    const Accounts& accounts = state_.accounts;
    out_(std::uint64_t{accounts.size()});
    for (AccountSlot slot = 0; slot < accounts.size(); ++slot) {
      const Account& account = accounts[slot];
      out_(account.id, account.last_sequence, account.short_limit, account.suspended);
    }
    // What is held follows from the open orders.
    out_(std::uint64_t{accounts.all_cash().size()});
    for (const CashBalance& balance : accounts.all_cash())
      out_(balance.account, balance.currency, balance.cash, balance.credit_limit);
    out_(std::uint64_t{accounts.all_positions().size()});
    for (const Position& position : accounts.all_positions())
      out_(position.account, position.instrument, position.quantity);
  }

  void save_orders() {
    out_(std::uint64_t{state_.orders.size()});
    for (InstrumentIndex i = 0; i < state_.instruments.size(); ++i) {
      for (const Side side : {Side::kBuy, Side::kSell}) {
        state_.instruments[i].book.for_each_order(side,
                                                  [&](const Order& order) { save_order(order); });
      }
    }
    std::vector<const Order*> pending;
    for (AccountSlot slot = 0; slot < state_.accounts.size(); ++slot) {
      for (const Order* order : state_.accounts[slot].open_orders) {
        if (order->data.pending) pending.push_back(order);
      }
    }
    std::ranges::sort(pending, {}, &Order::id);
    for (const Order* order : pending)
      save_order(*order);
  }

  void save_order(const Order& order) {
    Order copy = order;
    const bool pending = order.data.pending;
    const Instrument& instrument = state_.instrument(order);
    out_(order.id, instrument.index, bool{order.data.post_only}, pending);
    order_fields(out_, copy);
    if (pending && order.data.type == OrderType::kTrailingStop)
      out_(instrument.stops.side(order.side).best(order));
    if (order.data.record == kNoHandle) {
      out_(RecordPlace::kNone);
    } else if (state_.records[order.data.record].queued) {
      out_(RecordPlace::kRemembered);
    } else {
      out_(RecordPlace::kHere);
      save_record(state_.records[order.data.record]);
    }
  }

  void save_record(const OrderRecord& record) {
    OrderRecord copy = record;
    record_fields(out_, copy);
    out_(bool{record.open}, bool{record.found}, record.special != kNoHandle);
    if (record.special == kNoHandle) return;
    SpecialTerms special = *state_.records.special(record);
    special_fields(out_, special);
  }

  void save_remembered() {
    out_(std::uint64_t{state_.records.remembered_count()});
    for (std::size_t i = 0; i < state_.records.remembered_count(); ++i)
      save_record(state_.records.remembered(i));
  }

  void save_references() {
    out_(std::uint64_t{state_.references.all().size()});
    for (AdjustmentRecord record : state_.references.all())
      adjustment_fields(out_, record);
  }

  const State& state_;
  SnapshotOut out_;
};

// Eats a snapshot's bytes in words of 8, wherever they are cut.
class HashingWriter final : public SnapshotWriter {
 public:
  void write(std::span<const std::byte> bytes) override {
    for (const std::byte byte : bytes) {
      word_ |= std::to_integer<std::uint64_t>(byte) << (8 * (count_ % 8));
      if (++count_ % 8 == 0) mix();
    }
  }

  std::uint64_t hash() {
    mix();
    word_ = count_;
    mix();
    return hash_;
  }

 private:
  void mix() {
    hash_ = (hash_ ^ word_) * 0x9E3779B97F4A7C15u;
    hash_ ^= hash_ >> 29;
    word_ = 0;
  }

  std::uint64_t hash_ = 0x6A09E667F3BCC908u;
  std::uint64_t word_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace

void Engine::save(SnapshotWriter& writer) const {
  Saving(*state_, writer).run();
}

std::uint64_t Engine::state_hash() const {
  HashingWriter writer;
  save(writer);
  return writer.hash();
}

}  // namespace outcry
