#include "journal/compaction.h"

#include <gtest/gtest.h>

#include "pipeline/snapshot.h"
#include "pipeline/test_journaled_engine.h"
#include "pipeline/verification.h"

namespace outcry {
namespace {

constexpr std::uint64_t kSeeds = 8;  // to each operation

enum class Place { kJournal, kArchive };

class CompactionTest : public testing::Test {
 protected:
  CompactionTest() {
    venue_.open();
    for (int i = 0; i < 3; ++i)
      fill_segment();
    older_ = snapshot();
    for (int i = 0; i < 3; ++i)
      fill_segment();
    newer_ = snapshot();
    venue_.trade(10);
  }

  Sequence snapshot() {
    return take_snapshot(disk_, venue_.settings(), venue_.durable_sequence()).sequence;
  }

  // Trades until a segment more is full.
  void fill_segment() {
    const std::uint64_t segment = venue_.segment();
    while (venue_.segment() == segment)
      venue_.trade(50);
  }

  void flip_bit(const std::string& name, std::size_t at) {
    disk_.content(name)[at] ^= std::byte{4};
  }

  void expect_recovers_from(Sequence snapshot) {
    const RecoveredEngine recovered = recover_engine(disk_, venue_.settings());
    EXPECT_EQ(recovered.snapshot, snapshot);
    EXPECT_EQ(recovered.engine.state_hash(), venue_.engine().state_hash());
  }

  Compaction compact(Sequence consumer_sequence, Disk* archive = nullptr) {
    return compact_journal(disk_, identity_of(venue_.settings()), consumer_sequence, archive);
  }

  // Compacts copies of the directories, in one of which the power goes in the operation after so
  // many. Whatever is left of them, every segment is in one or the other as it was, also when
  // compaction is done again. False: it has fewer operations.
  bool survives_power_loss(std::uint64_t seed, Place place, std::uint64_t operations) {
    SimulatedDisk disk(seed);
    SimulatedDisk archive(seed + 1);
    copy_journal(disk);
    (place == Place::kArchive ? archive : disk).lose_power_after(operations);
    const auto compact_copy = [&] {
      compact_journal(disk, identity_of(venue_.settings()), venue_.durable_sequence(), &archive);
    };
    try {
      compact_copy();
      return false;
    } catch (const PowerLoss&) {
      disk.restart();
      archive.restart();
    }
    expect_whole(disk, archive);
    compact_copy();
    expect_whole(disk, archive);
    return true;
  }

  void copy_journal(SimulatedDisk& to) {
    for (const std::string& name : disk_.list()) {
      const std::unique_ptr<File> file = to.create(name);
      file->write(0, disk_.content(name));
      file->sync();
    }
    to.sync_directory();
  }

  void expect_whole(SimulatedDisk& disk, SimulatedDisk& archive) {
    for (const std::uint64_t segment : list_segments(disk_)) {
      const std::string name = segment_name(segment);
      SimulatedDisk& holder = archive.has(name) ? archive : disk;
      ASSERT_TRUE(holder.has(name)) << name << " is missing in both";
      EXPECT_EQ(holder.content(name), disk_.content(name)) << name;
    }
  }

  SimulatedDisk disk_{1};
  TestJournaledEngine venue_{disk_, 2};
  Sequence older_ = 0;
  Sequence newer_ = 0;
};

TEST_F(CompactionTest, RemovesWhatNobodyNeeds) {
  const std::uint64_t needed =
      check_snapshot(disk_, older_, identity_of(venue_.settings())).segment;
  ASSERT_GT(needed, 2U);
  const Compaction compaction = compact(venue_.durable_sequence());
  EXPECT_EQ(compaction.removed, needed - 1);
  EXPECT_EQ(compaction.first_segment, needed);
  EXPECT_EQ(list_segments(disk_).front(), needed);
  expect_recovers_from(newer_);
  EXPECT_EQ(verify_journal(disk_, venue_.settings()).state_hash, venue_.engine().state_hash());
  EXPECT_EQ(compact(venue_.durable_sequence()).removed, 0U);
  // And from the older one alone.
  flip_bit(snapshot_name(newer_), 300);
  expect_recovers_from(older_);
}

TEST_F(CompactionTest, KeepsWhatTheSlowestConsumerHasNotSeen) {
  EXPECT_EQ(compact(0).removed, 0U);
  const Sequence seen = older_ / 2;
  EXPECT_LE(compact(seen).first_sequence, seen + 1);
  EXPECT_NO_THROW(JournalCursor(disk_, seen).next());
}

TEST_F(CompactionTest, CopiesToTheArchiveFirst) {
  SimulatedDisk archive(3);
  const std::vector<std::byte> first = disk_.content(segment_name(1));
  const Compaction compaction = compact(venue_.durable_sequence(), &archive);
  EXPECT_EQ(list_segments(archive).size(), compaction.removed);
  EXPECT_EQ(archive.content(segment_name(1)), first);
}

TEST_F(CompactionTest, LosesNoSegmentInWhateverOperationThePowerGoes) {
  for (const Place place : {Place::kJournal, Place::kArchive}) {
    SCOPED_TRACE(place == Place::kJournal ? "in the journal" : "in the archive");
    std::uint64_t seed = 1;
    while (survives_power_loss(seed, place, seed / kSeeds) && !HasFailure())
      ++seed;
    EXPECT_GT(seed / kSeeds, 6U);
  }
}

TEST_F(CompactionTest, RemovesNothingThatIsDamagedOrWithoutTwoGoodSnapshots) {
  flip_bit(segment_name(2), 1'000);
  EXPECT_THROW(compact(venue_.durable_sequence()), JournalDamage);
  flip_bit(segment_name(2), 1'000);
  flip_bit(snapshot_name(older_), 300);
  EXPECT_THROW(compact(venue_.durable_sequence()), JournalDamage);
  disk_.remove(snapshot_name(older_));
  EXPECT_THROW(compact(venue_.durable_sequence()), CannotCompact);
  EXPECT_EQ(list_segments(disk_).front(), 1U);
}

TEST_F(CompactionTest, LeavesWhatIsBehindTheOlderSnapshotToBeExecutedAgain) {
  const Verification whole = verify_journal(disk_, venue_.settings());
  EXPECT_EQ(whole.begun_with, 0U);
  EXPECT_EQ(whole.executed, whole.scan.entries);
  compact(venue_.durable_sequence());
  const Verification rest = verify_journal(disk_, venue_.settings());
  EXPECT_EQ(rest.begun_with, older_);
  EXPECT_GT(rest.executed, 0U);
  EXPECT_LT(rest.executed, rest.scan.entries);
}

TEST_F(CompactionTest, DoesNotBelieveThatAConsumerHasSeenWhatIsNotThere) {
  EXPECT_THROW(compact(venue_.durable_sequence() + 1), ConsumerAhead);
  EXPECT_EQ(list_segments(disk_).front(), 1U);
  EXPECT_NE(compact(venue_.durable_sequence()).removed, 0U);
}

TEST_F(CompactionTest, LeavesASegmentThatIsMissingAfterwardsToBeNoticed) {
  const std::uint64_t first = compact(venue_.durable_sequence()).first_segment;
  disk_.remove(segment_name(first));
  EXPECT_THROW(recover_engine(disk_, venue_.settings()), JournalDamage);
}

TEST_F(CompactionTest, IsRefusedByNameWhenNoGoodSnapshotReachesWhatIsLeft) {
  const Compaction compaction = compact(venue_.durable_sequence());
  flip_bit(snapshot_name(newer_), 300);
  flip_bit(snapshot_name(older_), 300);
  try {
    recover_engine(disk_, venue_.settings());
    FAIL() << "recovered from nothing";
  } catch (const JournalDamage& damage) {
    const std::string reason = damage.what();
    for (const std::string& name : {segment_name(compaction.first_segment), snapshot_name(newer_),
                                    snapshot_name(older_), std::string("sequence 1:")})
      EXPECT_NE(reason.find(name), std::string::npos) << reason;
  }
}

TEST_F(CompactionTest, IsRefusedWhenTheOnlySnapshotIsOfWhatWasRemovedBefore) {
  const std::vector<std::byte> old = disk_.content(snapshot_name(older_));
  for (int i = 0; i < 3; ++i)
    fill_segment();
  const Sequence third = snapshot();
  compact(venue_.durable_sequence());
  disk_.remove(snapshot_name(newer_));
  disk_.remove(snapshot_name(third));
  disk_.create(snapshot_name(older_))->write(0, old);
  EXPECT_THROW(recover_engine(disk_, venue_.settings()), JournalDamage);
}

TEST_F(CompactionTest, TellsASubscriberThatIsTooFarBehind) {
  compact(venue_.durable_sequence());
  EXPECT_THROW(JournalCursor(disk_, 0), NotRetained);
}

}  // namespace
}  // namespace outcry
