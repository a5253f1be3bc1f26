// An engine whose random trading goes into a journal, on a disk of the test's, for tests. Single
// thread.
#pragma once

#include <memory>
#include <random>
#include <vector>

#include "journal/cursor.h"
#include "journal/simulated_disk.h"
#include "pipeline/recovered_engine.h"

namespace outcry {

class TestJournaledEngine {
 public:
  static constexpr std::uint64_t kSegmentBytes = 16'384;
  static constexpr AccountId kAccounts = 5;

  TestJournaledEngine(SimulatedDisk& disk, std::uint64_t seed) : disk_(disk), random_(seed) {}

  // Begins a journal with an instrument and accounts in it.
  void open() {
    const JournalSettings journal{identity_of(settings_), kSegmentBytes};
    create_journal(disk_, journal);
    spare_ = std::make_unique<SpareSegment>(disk_, kSegmentBytes);
    writer_ = std::make_unique<JournalWriter>(
        disk_, journal, *spare_,
        scan_journal(disk_, journal.identity, [](Sequence, const Entry&) {}).tail);
    execute(DefineInstrument{{.symbol = Symbol("ABC"),
                              .currency = Currency("USD"),
                              .max_quantity = 1'000,
                              .maker_fee_ppm = -10,
                              .taker_fee_ppm = 50}});
    for (AccountId account = 1; account <= kAccounts; ++account) {
      execute(OpenAccount{.account_id = account,
                          .currency = Currency("USD"),
                          .cash = 1'000'000'000,
                          .short_limit = 1'000'000});
    }
    commit();
  }

  void execute(const Command& command) {
    events_.clear();
    engine_.execute(command, ++time_, events_);
    if (!events_.empty()) frame_.append(command, time_, events_);
  }

  void commit() {
    writer_->append(frame_);
    frame_.begin(frame_.last_sequence() + 1);
  }

  // So many random orders and cancels, in frames of a few.
  void trade(std::size_t commands) {
    for (std::size_t i = 0; i < commands; ++i) {
      if (random_() % 4 == 0) {
        execute(CancelOrder{.account_id = 1 + random_() % kAccounts,
                            .order_id = 1 + random_() % (orders_ + 1)});
      } else {
        execute(random_order());
      }
      if (random_() % 8 == 0 && !frame_.empty()) commit();
    }
    if (!frame_.empty()) commit();
  }

  static PlaceOrder buy_order(Quantity quantity, Price price) {
    PlaceOrder order;
    order.account_id = 1;
    order.symbol = Symbol("ABC");
    order.side = Side::kBuy;
    order.quantity = quantity;
    order.price = price;
    return order;
  }

  const Engine& engine() const { return engine_; }
  const EngineSettings& settings() const { return settings_; }
  Sequence durable_sequence() const { return writer_->position().sequence; }
  std::uint64_t segment() const { return writer_->position().segment; }

 private:
  PlaceOrder random_order() {
    PlaceOrder order = buy_order(static_cast<Quantity>(1 + random_() % 50),
                                 static_cast<Price>(95 + random_() % 11));
    order.account_id = 1 + random_() % kAccounts;
    if (random_() % 2 == 0) order.side = Side::kSell;
    if (random_() % 5 == 0) order.time_in_force = TimeInForce::kIoc;
    order.client_order_id = ClientOrderId(std::to_string(++orders_));
    return order;
  }

  SimulatedDisk& disk_;
  std::mt19937_64 random_;
  const EngineSettings settings_;
  Engine engine_{settings_};
  std::unique_ptr<SpareSegment> spare_;
  std::unique_ptr<JournalWriter> writer_;
  Frame frame_;
  std::vector<Event> events_;
  Timestamp time_ = 1'000;
  std::uint64_t orders_ = 0;
};

}  // namespace outcry
