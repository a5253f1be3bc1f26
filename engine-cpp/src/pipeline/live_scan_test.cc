// Tools read a journal while an engine writes it.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "pipeline/test_journaled_engine.h"

namespace outcry {
namespace {

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

}  // namespace
}  // namespace outcry
