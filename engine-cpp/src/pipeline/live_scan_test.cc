// Tools read a journal while an engine writes it.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/snapshot.h"
#include "pipeline/test_journaled_engine.h"
#include "pipeline/verification.h"

namespace outcry {
namespace {

// Does something when a file is opened, once.
class WatchedDisk final : public Disk {
 public:
  WatchedDisk(Disk& disk, std::string name, std::function<void()> at_opening)
      : disk_(disk), name_(std::move(name)), at_opening_(std::move(at_opening)) {}

  std::vector<std::string> list() override { return disk_.list(); }
  std::unique_ptr<File> create(const std::string& name) override { return disk_.create(name); }
  std::unique_ptr<File> open(const std::string& name) override {
    if (name == name_) std::exchange(at_opening_, [] {})();
    return disk_.open(name);
  }
  void rename(const std::string& from, const std::string& to) override { disk_.rename(from, to); }
  void remove(const std::string& name) override { disk_.remove(name); }
  void sync_directory() override { disk_.sync_directory(); }
  std::uint64_t free_bytes() const override { return disk_.free_bytes(); }

 private:
  Disk& disk_;
  const std::string name_;
  std::function<void()> at_opening_;
};

class LiveScanTest : public testing::Test {
 protected:
  LiveScanTest() { venue_.open(); }

  void begin_segment() {
    const std::uint64_t segment = venue_.segment();
    while (venue_.segment() == segment)
      venue_.trade(50);
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

TEST_F(LiveScanTest, VerifiesAJournalWhoseSnapshotsAreReplacedMeanwhile) {
  const auto take_two_snapshots = [this] {
    for (int i = 0; i < 2; ++i) {
      venue_.trade(50);
      take_snapshot(disk_, venue_.settings(), venue_.durable_sequence());
    }
  };
  take_two_snapshots();
  EXPECT_EQ(verify_journal(disk_, venue_.settings()).snapshots, 2);
  WatchedDisk disk(disk_, segment_name(1), take_two_snapshots);
  const Verification verification = verify_journal(disk, venue_.settings());
  EXPECT_EQ(verification.snapshots, 0);
  EXPECT_EQ(verification.state_hash, venue_.engine().state_hash());
}

}  // namespace
}  // namespace outcry
