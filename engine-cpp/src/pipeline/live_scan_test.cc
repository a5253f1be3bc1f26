// Tools read a journal while an engine writes it.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "journal/compaction.h"
#include "pipeline/snapshot.h"
#include "pipeline/test_journaled_engine.h"
#include "pipeline/verification.h"

namespace outcry {
namespace {

// Does something before a look at the directory or into a file, once.
class WatchedDisk final : public Disk {
 public:
  // `name`: of the file that is opened, or empty when the directory is listed.
  using When = std::function<bool(const std::string& name)>;

  WatchedDisk(Disk& disk, When when, std::function<void()> action)
      : disk_(disk), when_(std::move(when)), action_(std::move(action)) {}

  std::vector<std::string> list() override {
    watch("");
    return disk_.list();
  }
  std::unique_ptr<File> create(const std::string& name) override { return disk_.create(name); }
  std::unique_ptr<File> open(const std::string& name) override {
    watch(name);
    return disk_.open(name);
  }
  void rename(const std::string& from, const std::string& to) override { disk_.rename(from, to); }
  void remove(const std::string& name) override { disk_.remove(name); }
  void sync_directory() override { disk_.sync_directory(); }
  std::uint64_t free_bytes() const override { return disk_.free_bytes(); }

  bool acted() const { return acted_; }

 private:
  void watch(const std::string& name) {
    if (acted_ || !when_(name)) return;
    acted_ = true;
    action_();
  }

  Disk& disk_;
  const When when_;
  const std::function<void()> action_;
  bool acted_ = false;
};

WatchedDisk::When opening(const std::string& name) {
  return [name](const std::string& opened) { return opened == name; };
}

class LiveScanTest : public testing::Test {
 protected:
  LiveScanTest() { venue_.open(); }

  void begin_segment() {
    const std::uint64_t segment = venue_.segment();
    while (venue_.segment() == segment)
      venue_.trade(50);
  }

  void take_two_snapshots() {
    for (int i = 0; i < 2; ++i) {
      venue_.trade(50);
      take_snapshot(disk_, venue_.settings(), venue_.durable_sequence());
    }
  }

  void compact(Sequence consumer_sequence) {
    compact_journal(disk_, identity_of(venue_.settings()), consumer_sequence, nullptr);
  }

  Sequence scan(const std::function<void(const JournalTail&)>& at_frame_end) {
    return scan_journal(disk_, identity_of(venue_.settings()), [](Sequence, const Entry&) {},
                        {.at_frame_end = at_frame_end})
        .tail.position.sequence;
  }

  SimulatedDisk disk_{1};
  TestJournaledEngine venue_{disk_, 2};
};

TEST_F(LiveScanTest, GoesOnInSegmentsThatAreBegunMeanwhile) {
  begin_segment();
  bool written = false;
  const Sequence last = scan([&](const JournalTail&) {
    if (std::exchange(written, true)) return;
    // The second of the two segments that were listed ends before it is read.
    begin_segment();
    begin_segment();
  });
  EXPECT_EQ(last, venue_.durable_sequence());
}

// As when a page was read before a frame was written there, and the next one after.
TEST_F(LiveScanTest, LooksAgainBeforeItCallsAJournalDamaged) {
  begin_segment();
  venue_.trade(60);
  std::vector<std::byte>& content = disk_.content(segment_name(venue_.segment()));
  const auto last = std::ranges::find_if(content.rbegin(), content.rend(),
                                         [](std::byte byte) { return byte != std::byte{0}; });
  std::byte& torn = content[static_cast<std::size_t>(last.base() - content.begin()) / 2];
  const std::byte whole = torn;
  torn ^= std::byte{0xFF};
  EXPECT_THROW(scan({}), JournalDamage);
  const Sequence seen = scan([&](const JournalTail& position) {
    if (position.position.segment == venue_.segment()) torn = whole;
  });
  EXPECT_EQ(seen, venue_.durable_sequence());
}

// The engine begins a segment, ends the one before it and writes on between two looks of a reader.
TEST_F(LiveScanTest, LooksAgainBeforeItMissesTheEndOfASegmentThatIsNotTheLast) {
  begin_segment();
  venue_.trade(60);
  std::vector<std::byte>& content = disk_.content(segment_name(1));
  const auto last = std::ranges::find_if(content.rbegin(), content.rend(),
                                         [](std::byte byte) { return byte != std::byte{0}; });
  const std::span<std::byte> end_frame(last.base() - kSmallestFrame, last.base());
  const std::vector<std::byte> written(end_frame.begin(), end_frame.end());
  std::ranges::fill(end_frame, std::byte{0});
  EXPECT_THROW(verify_journal(disk_, venue_.settings()), JournalDamage);
  WatchedDisk disk(disk_, opening(segment_name(2)),
                   [&] { std::ranges::copy(written, end_frame.begin()); });
  EXPECT_EQ(verify_journal(disk, venue_.settings()).state_hash, venue_.engine().state_hash());
}

TEST_F(LiveScanTest, VerifiesAJournalWhoseSnapshotsAreReplacedMeanwhile) {
  take_two_snapshots();
  EXPECT_EQ(verify_journal(disk_, venue_.settings()).snapshots, 2);
  WatchedDisk disk(disk_, opening(segment_name(1)), [this] { take_two_snapshots(); });
  const Verification verification = verify_journal(disk, venue_.settings());
  EXPECT_EQ(verification.snapshots, 0);
  EXPECT_EQ(verification.state_hash, venue_.engine().state_hash());
}

TEST_F(LiveScanTest, VerifiesAJournalWithoutItsBeginningWhoseSnapshotsAreReplacedMeanwhile) {
  begin_segment();
  begin_segment();
  const Sequence seen = venue_.durable_sequence();
  begin_segment();
  take_two_snapshots();
  compact(seen);
  const std::uint64_t first = list_segments(disk_).front();
  ASSERT_GT(first, 1U);
  WatchedDisk disk(disk_, opening(segment_name(first)), [this] { take_two_snapshots(); });
  const Verification verification = verify_journal(disk, venue_.settings());
  EXPECT_EQ(verification.state_hash, venue_.engine().state_hash());
}

constexpr int kMoreLooksThanOneTakes = 30;

// The journal's beginning is removed when a reader looks for the n-th time.
class CompactedScanTest : public LiveScanTest,
                          public testing::WithParamInterface<std::tuple<bool, int>> {
 protected:
  CompactedScanTest() {
    const bool compacted_before = std::get<0>(GetParam());
    grow();
    if (compacted_before) compact(venue_.durable_sequence());
    grow();
  }

  ~CompactedScanTest() override {
    EXPECT_TRUE(looks_ + 1 < kMoreLooksThanOneTakes || !disk_.acted());
  }

  void grow() {
    begin_segment();
    begin_segment();
    take_two_snapshots();
  }

  const int looks_ = std::get<1>(GetParam());
  WatchedDisk disk_{LiveScanTest::disk_,
                    [looks = looks_](const std::string&) mutable { return looks-- == 0; },
                    [this] { compact(venue_.durable_sequence()); }};
};

TEST_P(CompactedScanTest, Verifies) {
  EXPECT_EQ(verify_journal(disk_, venue_.settings()).state_hash, venue_.engine().state_hash());
}

TEST_P(CompactedScanTest, Recovers) {
  const RecoveredEngine recovered = recover_engine(disk_, venue_.settings());
  EXPECT_EQ(recovered.engine.state_hash(), venue_.engine().state_hash());
  EXPECT_EQ(recovered.scan.tail.position.sequence, venue_.durable_sequence());
}

INSTANTIATE_TEST_SUITE_P(AtEachLook, CompactedScanTest,
                         testing::Combine(testing::Bool(),
                                          testing::Range(0, kMoreLooksThanOneTakes)));

}  // namespace
}  // namespace outcry
