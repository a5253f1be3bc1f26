// Sequencer, engine, group commit, journal and recovery on a disk that loses power at any
// operation, in one thread, by seed: every answer that was given holds after every recovery, and
// the recovered state is one that the engine was in. The negative control answers before the sync
// and must be found out.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "journal/recovery.h"
#include "journal/simulated_disk.h"
#include "pipeline/committer.h"
#include "pipeline/sequencer.h"

namespace outcry {
namespace {

constexpr std::uint64_t kSeeds = 500;
constexpr int kPowerLosses = 5;
constexpr std::uint64_t kMostOperations = 50;
constexpr AccountId kAccounts = 5;
const JournalSettings kSettings{{0, EngineSettings{}.client_order_id_window}, 16'384};

enum class Acknowledge { kAfterSync, kBeforeSync };

class NoListener final : public FrameListener {
 public:
  void on_frame(std::span<const std::byte>, Sequence, Sequence) override {}
};

// Remembers what it was told, as clients do.
class Witness final : public Recipient {
 public:
  void deliver(std::span<const Answer> answers, std::span<const Fill>) override {
    for (const Answer& answer : answers) {
      const auto* result = std::get_if<OrderResult>(&answer.reply);
      if (result == nullptr || result->order.terms.client_order_id.empty()) continue;
      placed_.emplace(result->order.terms.client_order_id, *result);
    }
  }
  void flush(Sequence durable_sequence) override { durable_ = durable_sequence; }

  Sequence durable() const { return durable_; }
  const std::map<ClientOrderId, OrderResult>& placed() const { return placed_; }

 private:
  std::map<ClientOrderId, OrderResult> placed_;
  Sequence durable_ = 0;
};

class Simulation {
 public:
  Simulation(std::uint64_t seed, Acknowledge acknowledge)
      : random_(seed), acknowledge_(acknowledge), disk_(random_()) {
    create_journal(disk_, kSettings);
  }

  void run() {
    for (int i = 0; i < kPowerLosses && !failed(); ++i)
      run_until_power_loss();
    if (!failed()) recover();
  }

 private:
  static bool failed() { return testing::Test::HasFatalFailure(); }

  void run_until_power_loss() {
    disk_.lose_power_after(random_() % kMostOperations);
    try {
      recover();
      while (!failed()) {
        fill_group();
        commit();
      }
    } catch (const PowerLoss&) {
      disk_.restart();
    }
  }

  void recover() {
    engine_ = std::make_unique<Engine>(EngineSettings{});
    const JournalScan scan =
        scan_journal(disk_, kSettings.identity, [this](Sequence first, const Entry& entry) {
          engine_->apply(entry.command, entry.time, first, entry.events);
        });
    repair_journal(disk_, scan);
    engine_->check_invariants();
    check_what_was_told();
    spare_ = std::make_unique<SpareSegment>(disk_, kSettings.segment_bytes);
    writer_ = std::make_unique<JournalWriter>(disk_, kSettings, *spare_, scan.tail);
    committer_ = std::make_unique<Committer>(*writer_, listener_);
    sequencer_ = std::make_unique<Sequencer>(*engine_);
    sequencer_->set_clock(clock_);
    group_.clear();
    sequencer_->begin(group_);
    hashes_.erase(hashes_.upper_bound(engine_->last_sequence()), hashes_.end());
    if (engine_->last_sequence() == 0) set_up();
  }

  void check_what_was_told() {
    ASSERT_GE(engine_->last_sequence(), witness_.durable()) << "acknowledged events are lost";
    const auto hash = hashes_.find(engine_->last_sequence());
    ASSERT_TRUE(hash != hashes_.end() || engine_->last_sequence() == 0) << "a group in part";
    if (hash != hashes_.end()) {
      ASSERT_EQ(engine_->state_hash(), hash->second);
    }
    for (const auto& [id, told] : witness_.placed()) {
      const auto order = engine_->order(told.order.terms.account_id, id);
      ASSERT_TRUE(order.has_value()) << id.view();
      ASSERT_EQ(order->order_id, told.order.order_id);
      ASSERT_GE(order->filled_quantity, told.order.filled_quantity);
    }
  }

  void set_up() {
    handle(DefineInstrument{{.symbol = Symbol("ABC"),
                             .currency = Currency("USD"),
                             .max_quantity = 1'000,
                             .maker_fee_ppm = -10,
                             .taker_fee_ppm = 50}});
    for (AccountId account = 1; account <= kAccounts; ++account) {
      handle(OpenAccount{.account_id = account,
                         .currency = Currency("USD"),
                         .cash = 1'000'000,
                         .short_limit = 100'000});
    }
    commit();
  }

  void fill_group() {
    const std::uint64_t count = 1 + random_() % 20;
    for (std::uint64_t i = 0; i < count; ++i) {
      clock_ += static_cast<Timestamp>(random_() % 1'000);
      sequencer_->set_clock(clock_);
      handle(random_command());
    }
  }

  Command random_command() {
    const AccountId account = 1 + random_() % kAccounts;
    if (random_() % 4 == 0 && engine_->last_sequence() > 10) {
      return CancelOrder{.account_id = account, .order_id = 1 + random_() % (next_id_ + 1)};
    }
    PlaceOrder order;
    order.account_id = account;
    order.symbol = Symbol("ABC");
    order.side = random_() % 2 == 0 ? Side::kBuy : Side::kSell;
    order.time_in_force = random_() % 5 == 0 ? TimeInForce::kIoc : TimeInForce::kGtc;
    order.quantity = static_cast<Quantity>(1 + random_() % 50);
    order.price = static_cast<Price>(95 + random_() % 11);
    // Some are sent again: a client that does not know.
    const std::uint64_t id = random_() % 8 == 0 ? random_() % (next_id_ + 1) : ++next_id_;
    order.client_order_id = ClientOrderId(std::to_string(id));
    return order;
  }

  void handle(const Command& command) { sequencer_->handle({0, command}, witness_, group_); }

  void commit() {
    hashes_[engine_->last_sequence()] = engine_->state_hash();
    if (acknowledge_ == Acknowledge::kBeforeSync) disk_.ignore_syncs();
    committer_->write(group_);
    committer_->publish(group_);
    sequencer_->begin(group_);
  }

  std::mt19937_64 random_;
  const Acknowledge acknowledge_;
  SimulatedDisk disk_;
  NoListener listener_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<SpareSegment> spare_;
  std::unique_ptr<JournalWriter> writer_;
  std::unique_ptr<Committer> committer_;
  std::unique_ptr<Sequencer> sequencer_;
  Group group_;
  Witness witness_;
  std::map<Sequence, std::uint64_t> hashes_;  // of the states at the ends of groups
  Timestamp clock_ = 1'700'000'000'000'000'000;
  std::uint64_t next_id_ = 0;
};

TEST(PipelineSimulation, KeepsEveryAnswerWhateverTheMomentOfPowerLoss) {
  for (std::uint64_t seed = 1; seed <= kSeeds && !HasFatalFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Simulation(seed, Acknowledge::kAfterSync).run();
  }
}

TEST(PipelineSimulation, FindsOutAnEngineThatAnswersBeforeTheSync) {
  constexpr int kTries = 20;
  int found_out = 0;
  for (std::uint64_t seed = 1; seed <= kTries; ++seed) {
    testing::TestPartResultArray failures;
    try {
      const testing::ScopedFakeTestPartResultReporter reporter(
          testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures);
      Simulation(seed, Acknowledge::kBeforeSync).run();
    } catch (const JournalDamage&) {
      ++found_out;
    }
    if (failures.size() != 0) ++found_out;
  }
  EXPECT_GE(found_out, kTries - 1);
}

}  // namespace
}  // namespace outcry
