#include "pipeline/snapshot.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <future>
#include <stop_token>

#include "pipeline/snapshotter.h"
#include "pipeline/test_journaled_engine.h"
#include "pipeline/verification.h"

namespace outcry {
namespace {

constexpr std::uint64_t kNoReserve = 0;

class SnapshotTest : public testing::Test {
 protected:
  SnapshotTest() { venue_.open(); }

  Sequence snapshot() {
    return take_snapshot(disk_, venue_.settings(), venue_.durable_sequence()).sequence;
  }

  // Trades until a segment more is full.
  void fill_segment() {
    const std::uint64_t segment = venue_.segment();
    while (venue_.segment() == segment)
      venue_.trade(50);
  }

  void flip_bit(Sequence sequence, std::size_t at) {
    disk_.content(snapshot_name(sequence))[at] ^= std::byte{4};
  }

  void remove_segments_before(std::uint64_t segment) {
    for (std::uint64_t i = 1; i < segment; ++i)
      disk_.remove(segment_name(i));
  }

  RecoveredEngine recover() { return recover_engine(disk_, venue_.settings()); }

  void expect_recovers_from(Sequence snapshot) {
    const RecoveredEngine recovered = recover();
    EXPECT_EQ(recovered.snapshot, snapshot);
    EXPECT_EQ(recovered.engine.last_sequence(), venue_.durable_sequence());
    EXPECT_EQ(recovered.engine.state_hash(), venue_.engine().state_hash());
    recovered.engine.check_invariants();
  }

  SimulatedDisk disk_{1};
  TestJournaledEngine venue_{disk_, 2};
};

TEST_F(SnapshotTest, IsWhatRecoveryBeginsWith) {
  venue_.trade(200);
  const Sequence sequence = snapshot();
  EXPECT_EQ(sequence, venue_.durable_sequence());
  expect_recovers_from(sequence);
  venue_.trade(200);
  expect_recovers_from(sequence);
  EXPECT_EQ(recover().scan.events, venue_.durable_sequence() - sequence);
}

TEST_F(SnapshotTest, IsOfTheStateAfterAFrameThatIsDurable) {
  venue_.trade(100);
  const Sequence durable = venue_.durable_sequence();
  venue_.trade(100);
  EXPECT_EQ(take_snapshot(disk_, venue_.settings(), durable).sequence, durable);
  expect_recovers_from(durable);
}

TEST_F(SnapshotTest, CanBeOfAnEngineThatWasRecovered) {
  venue_.trade(200);
  const RecoveredEngine recovered = recover();
  const Sequence sequence =
      save_snapshot(disk_, venue_.settings(), recovered.engine, recovered.position, 0).sequence;
  expect_recovers_from(sequence);
  EXPECT_NO_THROW(verify_journal(disk_, venue_.settings()));
}

TEST_F(SnapshotTest, IsNotTakenTwiceOfTheSameState) {
  venue_.trade(10);
  EXPECT_NE(snapshot(), 0U);
  EXPECT_EQ(snapshot(), 0U);
}

TEST_F(SnapshotTest, AreTwoAtMost) {
  std::vector<Sequence> taken;
  for (int i = 0; i < 5; ++i) {
    fill_segment();
    taken.push_back(snapshot());
  }
  EXPECT_EQ(list_snapshots(disk_), (std::vector<Sequence>{taken[3], taken[4]}));
  expect_recovers_from(taken[4]);
}

TEST_F(SnapshotTest, LeavesClientOrderIdsKnown) {
  PlaceOrder order = TestJournaledEngine::buy_order(7, 90);
  order.client_order_id = ClientOrderId("once");
  venue_.execute(order);
  venue_.commit();
  snapshot();
  remove_segments_before(venue_.segment());
  RecoveredEngine recovered = recover();
  std::vector<Event> events;
  const Outcome again = recovered.engine.execute(order, recovered.engine.last_time() + 1, events);
  EXPECT_TRUE(std::get<OrderResult>(again).duplicate);
  EXPECT_TRUE(events.empty());
}

TEST_F(SnapshotTest, GivesWayToTheOneBeforeWhereverABitIsFlipped) {
  fill_segment();
  const Sequence first = snapshot();
  venue_.trade(50);
  const Sequence second = snapshot();
  venue_.trade(50);
  const std::size_t size = disk_.content(snapshot_name(second)).size();
  for (std::size_t at = 0; at < size; at += at < sizeof(SnapshotHeader) ? 1 : 97) {
    flip_bit(second, at);
    const RecoveredEngine recovered = recover();
    ASSERT_EQ(recovered.snapshot, first) << at;
    ASSERT_EQ(recovered.passed_over.size(), 1U);
    ASSERT_TRUE(recovered.passed_over[0].starts_with(snapshot_name(second) + " is damaged at"));
    flip_bit(second, at);
  }
  expect_recovers_from(second);
}

TEST_F(SnapshotTest, GivesWayToTheJournalWhenNoneIsGood) {
  venue_.trade(50);
  const Sequence first = snapshot();
  venue_.trade(50);
  const Sequence second = snapshot();
  disk_.content(snapshot_name(second)).pop_back();
  flip_bit(first, sizeof(SnapshotHeader));
  expect_recovers_from(0);
  EXPECT_EQ(recover().passed_over.size(), 2U);
}

TEST_F(SnapshotTest, IsBuiltOnTheLastGoodOneAndReplacesTheBadOne) {
  venue_.trade(50);
  const Sequence first = snapshot();
  venue_.trade(50);
  const Sequence second = snapshot();
  flip_bit(second, 200);
  venue_.trade(50);
  const Sequence third = snapshot();
  EXPECT_EQ(list_snapshots(disk_), (std::vector<Sequence>{first, third}));
  expect_recovers_from(third);
}

TEST_F(SnapshotTest, DoesNotHideAJournalThatLostItsEnd) {
  venue_.trade(50);
  const std::vector<std::byte> before = disk_.content(segment_name(venue_.segment()));
  venue_.trade(10);
  snapshot();
  disk_.content(segment_name(venue_.segment())) = before;
  EXPECT_THROW(recover(), JournalDamage);
}

TEST_F(SnapshotTest, DoesNotHideASegmentThatIsMissing) {
  for (int i = 0; i < 4; ++i)
    fill_segment();
  snapshot();
  disk_.remove(segment_name(2));
  try {
    recover();
    FAIL() << "not noticed";
  } catch (const JournalDamage& damage) {
    EXPECT_TRUE(std::string(damage.what()).starts_with(segment_name(2))) << damage.what();
  }
}

TEST_F(SnapshotTest, LeavesNothingBehindWhenThereIsNoSpace) {
  venue_.trade(50);
  disk_.set_free_bytes(1'000);
  try {
    snapshot();
    FAIL() << "there was no space";
  } catch (const DiskError& failure) {
    EXPECT_EQ(failure.cause(), ENOSPC);
  }
  EXPECT_TRUE(std::ranges::none_of(
      disk_.list(), [](const std::string& name) { return name.starts_with("snapshot"); }));
}

TEST_F(SnapshotTest, LeavesTheReserveFree) {
  venue_.trade(50);
  disk_.set_free_bytes(std::uint64_t{1} << 20);
  EXPECT_THROW(
      take_snapshot(disk_, venue_.settings(), venue_.durable_sequence(), std::uint64_t{1} << 20),
      DiskError);
  EXPECT_NE(take_snapshot(disk_, venue_.settings(), venue_.durable_sequence(), kNoReserve).sequence,
            0U);
}

TEST_F(SnapshotTest, IsVerified) {
  fill_segment();
  snapshot();
  fill_segment();
  snapshot();
  venue_.trade(10);
  const Verification verification = verify_journal(disk_, venue_.settings());
  EXPECT_EQ(verification.snapshots, 2U);
  EXPECT_EQ(verification.state_hash, venue_.engine().state_hash());
}

TEST_F(SnapshotTest, IsFoundOutWhenItIsAnotherState) {
  venue_.trade(50);
  const Sequence sequence = snapshot();
  // A snapshot of the same place and another state, whole in itself.
  SnapshotFileWriter forged(disk_, identity_of(venue_.settings()), kNoReserve, {});
  const JournalTail position =
      check_snapshot(disk_, sequence, identity_of(venue_.settings())).position();
  venue_.trade(1);
  venue_.engine().save(forged);
  forged.publish(position);
  EXPECT_THROW(verify_journal(disk_, venue_.settings()), Mismatch);
}

TEST_F(SnapshotTest, IsGivenUpWhileTheOneBeforeIsLoaded) {
  venue_.trade(50);
  snapshot();
  std::stop_source stop;
  stop.request_stop();
  // With nothing behind it: what is left to do is to load it.
  EXPECT_THROW(take_snapshot(disk_, venue_.settings(), venue_.durable_sequence(), kNoReserve,
                             stop.get_token()),
               SnapshotAbandoned);
  SnapshotFileReader reader(disk_, venue_.durable_sequence(), stop.get_token());
  EXPECT_THROW(Engine::load(reader, venue_.settings()), SnapshotAbandoned);
}

TEST_F(SnapshotTest, IsTakenWhenTheJournalHasGrown) {
  venue_.trade(50);
  std::promise<std::string> told;
  const Snapshotter snapshotter(
      disk_, venue_.settings(), {.journal_bytes = 100, .reserve_bytes = kNoReserve},
      [this] {
        return JournalProgress{venue_.durable_sequence(), 200};
      },
      [&told](const std::string& text, bool) { told.set_value(text); },
      [](const std::string& reason) { FAIL() << reason; });
  const std::string text = told.get_future().get();
  EXPECT_TRUE(
      text.starts_with("took a snapshot at sequence " + std::to_string(venue_.durable_sequence())))
      << text;
  EXPECT_EQ(list_snapshots(disk_).size(), 1U);
}

}  // namespace
}  // namespace outcry
