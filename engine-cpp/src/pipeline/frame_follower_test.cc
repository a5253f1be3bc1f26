#include "pipeline/frame_follower.h"

#include <gtest/gtest.h>

#include <cstring>

#include "journal/damage.h"
#include "pipeline/test_journaled_engine.h"

namespace outcry {
namespace {

constexpr std::size_t kLogBytes = 4'096;

FrameHeader header_of(std::span<const std::byte> frame) {
  FrameHeader header;
  std::memcpy(&header, frame.data(), sizeof header);
  return header;
}

class FrameFollowerTest : public testing::Test {
 protected:
  FrameFollowerTest() { venue_.open(); }

  // Trades and tells the log of what is on disk then.
  void trade(std::size_t commands) {
    venue_.trade(commands);
    JournalCursor cursor(disk_, log_.durable_sequence());
    while (cursor.sequence() < venue_.durable_sequence()) {
      const std::span<const std::byte> frame = cursor.next();
      const FrameHeader header = header_of(frame);
      log_.on_frame(frame, header.first_sequence, header.last_sequence);
    }
  }

  // Reads all that there is, each frame the continuation of the one before.
  void follow() {
    Sequence last = follower_.sequence();
    while (true) {
      const std::span<const std::byte> frame = follower_.next();
      if (frame.empty()) break;
      ASSERT_EQ(check_frame(frame).fault, FrameFault::kNone);
      ASSERT_EQ(header_of(frame).first_sequence, last + 1);
      last = follower_.sequence();
      ASSERT_EQ(header_of(frame).last_sequence, last);
    }
    EXPECT_EQ(last, venue_.durable_sequence());
  }

  bool in_memory(Sequence after) { return !log_.after(after, 1).empty(); }

  // Overwrites every segment but its header, so that nothing can be read from files.
  void spoil_files() {
    for (const std::uint64_t segment : list_segments(disk_)) {
      const std::span<std::byte> bytes = disk_.content(segment_name(segment));
      std::ranges::fill(bytes.subspan(sizeof(SegmentHeader)), std::byte{0x55});
    }
  }

  SimulatedDisk disk_{1};
  TestJournaledEngine venue_{disk_, 2};
  FrameLog log_{kLogBytes, 0};
  FrameFollower follower_{log_, disk_, 0};
};

TEST_F(FrameFollowerTest, ReadsFromMemoryWhatIsThere) {
  trade(1);
  ASSERT_TRUE(in_memory(0));
  spoil_files();
  follow();
}

TEST_F(FrameFollowerTest, ReadsFromFilesWhatMemoryHasForgottenAndGoesBack) {
  trade(1);
  follow();
  for (int round = 0; round < 3; ++round) {
    trade(400);
    ASSERT_FALSE(in_memory(follower_.sequence()));
    follow();
    trade(1);
    ASSERT_TRUE(in_memory(follower_.sequence()));
    follow();
  }
  trade(1);
  spoil_files();
  follow();
}

TEST_F(FrameFollowerTest, FindsThatAFrameOnDiskIsDamaged) {
  trade(400);
  spoil_files();
  EXPECT_THROW(follower_.next(), JournalDamage);
}

TEST_F(FrameFollowerTest, LogKeepsTheNewestFramesUpToItsBytes) {
  trade(400);
  EXPECT_FALSE(in_memory(0));
  EXPECT_EQ(log_.durable_sequence(), venue_.durable_sequence());
  Sequence after = 0;
  while (!in_memory(after))
    ++after;
  std::size_t bytes = 0;
  for (const auto& frame : log_.after(after, 2 * kLogBytes))
    bytes += frame->bytes.size();
  EXPECT_LE(bytes, kLogBytes);
  EXPECT_GT(bytes, kLogBytes / 2);
  EXPECT_TRUE(log_.after(venue_.durable_sequence(), kLogBytes).empty());
}

// It reads ahead: behind the last frame there were zeros, in whose place there are frames later.
TEST_F(FrameFollowerTest, CursorSeesWhatWasWrittenAfterItReadAhead) {
  JournalCursor cursor(disk_, 0);
  for (int round = 0; round < 20; ++round) {
    venue_.trade(20);
    while (cursor.sequence() < venue_.durable_sequence()) {
      const Sequence before = cursor.sequence();
      ASSERT_EQ(header_of(cursor.next()).first_sequence, before + 1);
    }
  }
}

}  // namespace
}  // namespace outcry
