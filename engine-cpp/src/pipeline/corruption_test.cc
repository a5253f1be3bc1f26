// Every kind of damage at the head, in the middle and at the tail of a journal and its snapshots:
// each is found, and the message names the file, the offset and the sequence.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "journal/cursor.h"
#include "pipeline/snapshot.h"
#include "pipeline/test_journaled_engine.h"
#include "pipeline/verification.h"

namespace outcry {
namespace {

constexpr std::uint64_t kSegments = 7;

struct FramePlace {
  std::uint64_t segment;
  std::uint64_t offset;
  std::uint64_t end;
  Sequence first_sequence;
};

class CorruptionTest : public testing::Test {
 protected:
  CorruptionTest() {
    venue_.open();
    while (venue_.segment() < kSegments)
      venue_.trade(20);
    venue_.trade(20);
    find_frames();
  }

  void find_frames() {
    FramePlace next{1, sizeof(SegmentHeader), 0, 1};
    const auto keep = [&](const JournalTail& position) {
      if (position.position.segment != next.segment) {
        next.segment = position.position.segment;
        next.offset = sizeof(SegmentHeader);
      }
      next.end = position.offset;
      frames_.push_back(next);
      next.offset = position.offset;
      next.first_sequence = position.position.sequence + 1;
    };
    scan_journal(disk_, identity_of(venue_.settings()), [](Sequence, const Entry&) {},
                 {.at_frame_end = keep});
  }

  const FramePlace& head() const { return frames_.front(); }
  const FramePlace& middle() const { return frames_[frames_.size() / 2]; }
  const FramePlace& tail() const { return frames_.back(); }

  std::vector<std::byte>& content(std::uint64_t segment) {
    return disk_.content(segment_name(segment));
  }

  Sequence first_sequence(std::uint64_t segment) const {
    return std::ranges::find(frames_, segment, &FramePlace::segment)->first_sequence;
  }

  static std::string refusal(const std::function<void()>& read) {
    try {
      read();
    } catch (const JournalDamage& damage) {
      return damage.what();
    }
    return "nothing was found";
  }

  // Recovery and verify both say that the file is damaged there.
  void expect_found(const std::string& file, std::uint64_t offset, Sequence sequence) {
    const std::string place = file + " is damaged at offset " + std::to_string(offset) +
                              ", sequence " + std::to_string(sequence) + ": ";
    const std::string recovery = refusal([this] { recover_engine(disk_, venue_.settings()); });
    EXPECT_TRUE(recovery.starts_with(place)) << recovery << "\nexpected " << place;
    const std::string verify = refusal([this] { verify_journal(disk_, venue_.settings()); });
    EXPECT_TRUE(verify.starts_with(place)) << verify << "\nexpected " << place;
  }

  void expect_found_in(const FramePlace& frame) {
    expect_found(segment_name(frame.segment), frame.offset, frame.first_sequence);
  }

  void expect_sound() {
    EXPECT_EQ(recover_engine(disk_, venue_.settings()).engine.state_hash(),
              venue_.engine().state_hash());
    EXPECT_NO_THROW(verify_journal(disk_, venue_.settings()));
  }

  SimulatedDisk disk_{1};
  TestJournaledEngine venue_{disk_, 5};
  std::vector<FramePlace> frames_;
};

TEST_F(CorruptionTest, ABitFlippedInAnyByteOfAFrame) {
  for (const FramePlace& frame : {head(), middle(), tail()}) {
    for (std::uint64_t at = frame.offset; at < frame.end; ++at) {
      content(frame.segment)[at] ^= std::byte{16};
      expect_found_in(frame);
      content(frame.segment)[at] ^= std::byte{16};
      if (HasFailure()) return;
    }
  }
  expect_sound();
}

TEST_F(CorruptionTest, AByteCutOutOfAFrameOrOffAFile) {
  for (const FramePlace& frame : {head(), middle(), tail()}) {
    const std::vector<std::byte> whole = content(frame.segment);
    for (std::uint64_t at = frame.offset; at < frame.end; at += 7) {
      std::vector<std::byte>& bytes = content(frame.segment);
      bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(at));
      expect_found_in(frame);
      content(frame.segment) = whole;
      if (HasFailure()) return;
    }
    content(frame.segment).pop_back();
    const std::string verify = refusal([this] { verify_journal(disk_, venue_.settings()); });
    EXPECT_TRUE(verify.starts_with(segment_name(frame.segment))) << verify;
    content(frame.segment) = whole;
  }
  expect_sound();
}

// It must not look as if the journal no longer held what was asked for.
TEST_F(CorruptionTest, ASegmentsHeaderThatWhoReadsOnComesUpon) {
  const std::uint64_t last = tail().segment;
  const auto read_on = [this] { JournalCursor(disk_, tail().first_sequence - 1); };
  const std::string place = segment_name(last) + " is damaged at offset 0, sequence " +
                            std::to_string(tail().first_sequence) + ": ";
  std::vector<std::byte>& bytes = content(last);
  for (std::size_t at = 0; at < sizeof(SegmentHeader); ++at) {
    bytes[at] ^= std::byte{128};
    EXPECT_TRUE(refusal(read_on).starts_with(place)) << refusal(read_on) << " at " << at;
    bytes[at] ^= std::byte{128};
  }
  std::copy_n(content(last - 1).begin(), sizeof(SegmentHeader), bytes.begin());
  EXPECT_TRUE(refusal(read_on).starts_with(place)) << refusal(read_on);
}

TEST_F(CorruptionTest, ASegmentRemoved) {
  for (const std::uint64_t segment : {std::uint64_t{1}, kSegments / 2, kSegments}) {
    const std::vector<std::byte> whole = content(segment);
    disk_.remove(segment_name(segment));
    expect_found(segment_name(segment), 0, first_sequence(segment));
    disk_.create(segment_name(segment));
    content(segment) = whole;
  }
  expect_sound();
}

TEST_F(CorruptionTest, TwoSegmentsSwapped) {
  for (const std::uint64_t segment : {std::uint64_t{1}, kSegments / 2, kSegments - 1}) {
    std::swap(content(segment), content(segment + 1));
    expect_found(segment_name(segment), 0, first_sequence(segment));
    std::swap(content(segment), content(segment + 1));
  }
  expect_sound();
}

TEST_F(CorruptionTest, ASegmentInTheNextOnesPlaceToo) {
  for (const std::uint64_t segment : {std::uint64_t{1}, kSegments / 2, kSegments - 1}) {
    const std::vector<std::byte> whole = content(segment + 1);
    content(segment + 1) = content(segment);
    expect_found(segment_name(segment + 1), 0, first_sequence(segment + 1));
    content(segment + 1) = whole;
  }
  disk_.create(segment_name(kSegments + 1));
  content(kSegments + 1) = content(kSegments);
  expect_found(segment_name(kSegments + 1), 0, venue_.durable_sequence() + 1);
}

// What a crash can leave, and nothing else, is repaired: a last frame that lacks its end.
TEST_F(CorruptionTest, ALastFrameWithoutItsEndIsRepaired) {
  std::vector<std::byte>& bytes = content(tail().segment);
  for (std::uint64_t at = tail().end - 1; at >= tail().offset; --at) {
    bytes[at] = std::byte{0};
    const JournalScan scan = recover_engine(disk_, venue_.settings()).scan;
    ASSERT_EQ(scan.tail.position.sequence, tail().first_sequence - 1) << at;
    ASSERT_EQ(scan.tail.offset, tail().offset);
  }
}

class SnapshotCorruptionTest : public CorruptionTest {
 protected:
  SnapshotCorruptionTest() {
    older_ = take_snapshot(disk_, venue_.settings(), middle().first_sequence).sequence;
    newer_ = take_snapshot(disk_, venue_.settings(), venue_.durable_sequence()).sequence;
    venue_.trade(30);
  }

  // Recovery begins with that one and comes to the same state; verify names the file.
  void expect_passed_over(const std::string& file, Sequence used) {
    const RecoveredEngine recovered = recover_engine(disk_, venue_.settings());
    EXPECT_EQ(recovered.snapshot, used);
    EXPECT_EQ(recovered.engine.state_hash(), venue_.engine().state_hash());
    const std::string verify = refusal([this] { verify_journal(disk_, venue_.settings()); });
    EXPECT_TRUE(verify.starts_with(file + " is damaged at offset ")) << verify;
  }

  Sequence older_ = 0;
  Sequence newer_ = 0;
};

TEST_F(SnapshotCorruptionTest, ABitFlippedOrAByteCutInASnapshot) {
  std::vector<std::byte>& bytes = disk_.content(snapshot_name(newer_));
  const std::vector<std::byte> whole = bytes;
  for (const std::size_t at :
       {std::size_t{3}, std::size_t{45}, bytes.size() / 2, bytes.size() - 1}) {
    bytes[at] ^= std::byte{1};
    expect_passed_over(snapshot_name(newer_), older_);
    bytes = whole;
    bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(at));
    expect_passed_over(snapshot_name(newer_), older_);
    bytes = whole;
  }
  disk_.content(snapshot_name(older_))[200] ^= std::byte{1};
  expect_passed_over(snapshot_name(older_), newer_);
}

TEST_F(SnapshotCorruptionTest, TwoSnapshotsSwapped) {
  std::swap(disk_.content(snapshot_name(older_)), disk_.content(snapshot_name(newer_)));
  expect_passed_over(snapshot_name(older_), 0);
}

// Recovery reads the journal from the snapshot on; verify reads all of it.
TEST_F(SnapshotCorruptionTest, ABitFlippedBeforeAndBehindTheSnapshot) {
  content(1)[head().offset + 20] ^= std::byte{1};
  EXPECT_NO_THROW(recover_engine(disk_, venue_.settings()));
  const std::string verify = refusal([this] { verify_journal(disk_, venue_.settings()); });
  EXPECT_TRUE(verify.starts_with(segment_name(1) + " is damaged at offset 64, sequence 1"))
      << verify;
  content(1)[head().offset + 20] ^= std::byte{1};
  frames_.clear();
  find_frames();
  content(tail().segment)[tail().offset + 20] ^= std::byte{1};
  expect_found_in(tail());
}

TEST_F(SnapshotCorruptionTest, ASegmentRemovedOrSwappedBeforeTheSnapshot) {
  std::swap(content(2), content(3));
  expect_found(segment_name(2), 0, first_sequence(2));
  std::swap(content(2), content(3));
  disk_.remove(segment_name(1));
  expect_found(segment_name(1), 0, 1);
}

}  // namespace
}  // namespace outcry
