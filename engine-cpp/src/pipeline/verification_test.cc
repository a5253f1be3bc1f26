#include "pipeline/verification.h"

#include <gtest/gtest.h>

#include "journal/simulated_disk.h"
#include "pipeline/committer.h"
#include "pipeline/recovered_engine.h"
#include "pipeline/sequencer.h"
#include "pipeline/snapshot.h"

namespace outcry {
namespace {

const EngineSettings kSettings;
const JournalSettings kJournal{{0, kSettings.client_order_id_window}, 65'536};

// Writes entries that an engine gave, or that a test makes up.
class VerificationTest : public testing::Test {
 protected:
  void SetUp() override {
    create_journal(disk_, kJournal);
    execute(DefineInstrument{
        {.symbol = Symbol("ABC"), .currency = Currency("USD"), .max_quantity = 1'000}});
    for (AccountId account = 1; account <= 2; ++account) {
      execute(OpenAccount{.account_id = account,
                          .currency = Currency("USD"),
                          .cash = 1'000'000,
                          .short_limit = 1'000});
    }
    for (int i = 0; i < 100; ++i) {
      execute(PlaceOrder{.account_id = static_cast<AccountId>(1 + i % 2),
                         .symbol = Symbol("ABC"),
                         .side = i % 2 == 0 ? Side::kBuy : Side::kSell,
                         .quantity = 1 + i % 7,
                         .price = 100 + i % 3,
                         .client_order_id = {}});
    }
  }

  void execute(const Command& command) {
    std::vector<Event> events;
    engine_.execute(command, ++time_, events);
    append(command, events);
  }

  void append(const Command& command, const std::vector<Event>& events) {
    frame_.append(command, time_, events);
  }

  void write() {
    SpareSegment spare(disk_, kJournal.segment_bytes);
    JournalWriter writer(
        disk_, kJournal, spare,
        scan_journal(disk_, kJournal.identity, [](Sequence, const Entry&) {}).tail);
    writer.append(frame_);
  }

  SimulatedDisk disk_{1};
  Engine engine_{kSettings};
  Frame frame_;
  Timestamp time_ = 1'000;
};

TEST_F(VerificationTest, AgreesWithAnEnginesOwnJournal) {
  write();
  const Verification verification = verify_journal(disk_, kSettings);
  EXPECT_EQ(verification.scan.entries, 103U);
  EXPECT_EQ(verification.state_hash, engine_.state_hash());
}

TEST_F(VerificationTest, FindsAnEventThatTheCommandDoesNotGive) {
  const Command command = PlaceOrder{
      .account_id = 1, .symbol = Symbol("ABC"), .quantity = 1, .price = 1, .client_order_id = {}};
  std::vector<Event> events;
  engine_.execute(command, ++time_, events);
  const Sequence sequence = engine_.last_sequence();
  events.push_back(events.front());
  append(command, events);
  write();
  try {
    verify_journal(disk_, kSettings);
    FAIL() << "not found";
  } catch (const Mismatch& mismatch) {
    EXPECT_NE(std::string(mismatch.what()).find("from sequence " + std::to_string(sequence + 1)),
              std::string::npos)
        << mismatch.what();
  }
}

// Which are refused before they get into a journal today.
TEST_F(VerificationTest, AndRecoveryAgreeWithAJournalOfIcebergsOfManySlices) {
  execute(DefineInstrument{
      {.symbol = Symbol("MANY"), .currency = Currency("USD"), .max_quantity = 100'000}, false});
  const Command iceberg = PlaceOrder{.account_id = 1,
                                     .symbol = Symbol("MANY"),
                                     .quantity = 10'001,
                                     .price = 1,
                                     .display_quantity = 1,
                                     .client_order_id = {}};
  EXPECT_EQ(engine_.refusal(iceberg, time_ + 1), RejectCode::kInvalidOrder);
  execute(iceberg);
  write();
  EXPECT_EQ(verify_journal(disk_, kSettings).state_hash, engine_.state_hash());
  EXPECT_EQ(recover_engine(disk_, kSettings).engine.state_hash(), engine_.state_hash());
}

// A frame that is larger than a segment, as the first in one, leaves that one empty.
TEST_F(VerificationTest, AndRecoveryGoPastASegmentThatHoldsNothing) {
  while (frame_.frame_bytes() < kJournal.segment_bytes)
    execute(CancelOrder{.account_id = 1, .order_id = 1'000'000});
  write();
  ASSERT_EQ(list_segments(disk_).size(), 2U);
  frame_.begin(frame_.last_sequence() + 1);
  execute(CancelOrder{.account_id = 1, .order_id = 1'000'000});
  write();
  ASSERT_EQ(list_segments(disk_).size(), 3U);
  take_snapshot(disk_, kSettings, engine_.last_sequence());
  EXPECT_EQ(verify_journal(disk_, kSettings).state_hash, engine_.state_hash());
  EXPECT_EQ(recover_engine(disk_, kSettings).engine.state_hash(), engine_.state_hash());
}

}  // namespace
}  // namespace outcry
