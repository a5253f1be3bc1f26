#include <gtest/gtest.h>

#include <string>

#include "journal/test_journal.h"

namespace outcry {
namespace {

const JournalIdentity kIdentity = TestJournal::kSettings.identity;

void ignore(Sequence, const Entry&) {}

class Journal : public testing::Test {
 protected:
  void SetUp() override {
    create_journal(disk_, TestJournal::kSettings);
    journal_.open();
  }

  void append_until_segment(std::uint64_t segment) {
    while (journal_.position().segment < segment)
      journal_.append(4);
  }

  std::vector<std::byte>& segment(std::uint64_t number) {
    return disk_.content(segment_name(number));
  }

  // The message with which a scan refuses; empty: it does not.
  std::string refusal() {
    try {
      scan_journal(disk_, kIdentity, ignore);
    } catch (const JournalDamage& damage) {
      return damage.what();
    }
    return {};
  }

  SimulatedDisk disk_{1};
  TestJournal journal_{disk_, 2};
};

TEST_F(Journal, IsReadBackAcrossSegments) {
  append_until_segment(4);
  journal_.append(3);
  const std::size_t written = journal_.acknowledged().size();
  journal_.open();
  EXPECT_EQ(journal_.scan().entries, written);
  EXPECT_EQ(journal_.scan().torn_bytes, 0U);
  journal_.append(1);
  journal_.open();
  EXPECT_EQ(journal_.scan().entries, written + 1);
}

TEST_F(Journal, GivesAFrameLargerThanASegmentOneOfItsOwn) {
  journal_.append(1);
  journal_.append(400);
  ASSERT_GT(journal_.last_frame().frame_bytes(), TestJournal::kSettings.segment_bytes);
  journal_.append(1);
  journal_.open();
  EXPECT_EQ(journal_.scan().entries, 402U);
}

TEST_F(Journal, IsNotGivenAFrameThatIsTooLarge) {
  journal_.append(1);
  constexpr std::uint64_t kLargest = 1'024;
  JournalSettings settings = TestJournal::kSettings;
  settings.largest_frame = kLargest;
  SpareSegment spare(disk_, settings.segment_bytes);
  JournalWriter writer(disk_, settings, spare, scan_journal(disk_, kIdentity, ignore).tail);
  Frame frame;
  frame.begin(writer.position().sequence + 1);
  RandomEntries random(3);
  while (frame.frame_bytes() <= kLargest) {
    const Entry entry = random.entry();
    frame.append(entry.command, entry.time, entry.events);
  }
  const std::vector<std::byte> before = segment(1);
  EXPECT_THROW(writer.append(frame), DiskError);
  EXPECT_EQ(segment(1), before);
  EXPECT_EQ(list_segments(disk_).size(), 1U);
}

TEST_F(Journal, IsMissingFromAnEmptyDirectory) {
  SimulatedDisk empty(1);
  EXPECT_THROW(scan_journal(empty, kIdentity, ignore), MissingJournal);
}

TEST_F(Journal, CutsALastFrameThatEndsAtAnyByte) {
  journal_.append(2);
  const std::uint64_t begin = sizeof(SegmentHeader) + journal_.last_frame().frame_bytes();
  journal_.append(12);
  const std::uint64_t end = begin + journal_.last_frame().frame_bytes();
  const std::vector<std::byte> whole = segment(1);
  for (std::uint64_t cut = begin; cut < end; ++cut) {
    std::vector<std::byte>& bytes = segment(1);
    bytes = whole;
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(cut), bytes.end(), std::byte{0});
    const JournalScan scan = scan_journal(disk_, kIdentity, ignore);
    ASSERT_EQ(scan.entries, 2U) << "cut at " << cut;
    ASSERT_EQ(scan.tail.offset, begin);
    repair_journal(disk_, scan);
    ASSERT_EQ(scan_journal(disk_, kIdentity, ignore).torn_bytes, 0U);
  }
}

TEST_F(Journal, RefusesAFileThatEndsAtAnyByte) {
  journal_.append(2);
  const std::uint64_t begin = sizeof(SegmentHeader) + journal_.last_frame().frame_bytes();
  journal_.append(12);
  const std::uint64_t end = begin + journal_.last_frame().frame_bytes();
  const std::vector<std::byte> whole = segment(1);
  for (std::uint64_t cut = begin; cut < end; ++cut) {
    segment(1) = whole;
    segment(1).resize(cut);
    ASSERT_TRUE(refusal().starts_with("journal-0000000001 is damaged")) << "cut at " << cut;
  }
}

TEST_F(Journal, CutsALastFrameOfWhichAnySectorIsMissing) {
  journal_.append(1);
  const std::uint64_t begin = sizeof(SegmentHeader) + journal_.last_frame().frame_bytes();
  journal_.append(30);
  const std::uint64_t end = begin + journal_.last_frame().frame_bytes();
  const std::vector<std::byte> whole = segment(1);
  for (std::uint64_t sector = begin / kSectorBytes; sector * kSectorBytes < end; ++sector) {
    segment(1) = whole;
    const std::uint64_t from = std::max(begin, sector * kSectorBytes);
    const std::uint64_t to = std::min(end, (sector + 1) * kSectorBytes);
    std::fill(segment(1).begin() + static_cast<std::ptrdiff_t>(from),
              segment(1).begin() + static_cast<std::ptrdiff_t>(to), std::byte{0});
    ASSERT_EQ(scan_journal(disk_, kIdentity, ignore).entries, 1U) << "sector " << sector;
  }
}

TEST_F(Journal, RefusesOneBitFlippedAnywhereInWhatWasWritten) {
  append_until_segment(3);
  for (std::uint64_t number = 1; number <= 3; ++number) {
    const std::size_t written = number == 3
                                    ? sizeof(SegmentHeader) + journal_.last_frame().frame_bytes()
                                    : segment(number).size();
    for (std::size_t at = 0; at < written; ++at) {
      const std::byte before = segment(number)[at];
      segment(number)[at] ^= std::byte{1} << (at % 8);
      const std::string reason = refusal();
      ASSERT_TRUE(reason.starts_with(segment_name(number))) << number << " at " << at << reason;
      segment(number)[at] = before;
    }
  }
  EXPECT_EQ(refusal(), "");
}

TEST_F(Journal, RefusesAPageOfZerosBeforeTheTail) {
  append_until_segment(2);
  std::vector<std::byte>& bytes = segment(1);
  const std::vector<std::byte> whole = bytes;
  for (std::size_t page = 0; page < bytes.size(); page += 4096) {
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(page), 4096, std::byte{0});
    EXPECT_TRUE(refusal().starts_with("journal-0000000001")) << "page at " << page;
    bytes = whole;
  }
}

TEST_F(Journal, NamesASegmentThatIsMissing) {
  append_until_segment(4);
  for (std::uint64_t number = 1; number <= 4; ++number) {
    const std::string name = segment_name(number);
    const std::vector<std::byte> kept = segment(number);
    disk_.remove(name);
    EXPECT_TRUE(refusal().starts_with(name + " is damaged at offset 0")) << refusal();
    disk_.create(name)->write(0, kept);
  }
  EXPECT_EQ(refusal(), "");
}

TEST_F(Journal, NamesSegmentsThatAreSwapped) {
  append_until_segment(4);
  std::swap(segment(2), segment(3));
  EXPECT_TRUE(refusal().starts_with("journal-0000000002")) << refusal();
}

TEST_F(Journal, RefusesToBeReadWithAnotherGroupOrWindow) {
  JournalIdentity other = kIdentity;
  other.engine_group = 8;
  EXPECT_THROW(scan_journal(disk_, other, ignore), JournalDamage);
  other = kIdentity;
  other.client_order_id_window = 1;
  EXPECT_THROW(scan_journal(disk_, other, ignore), JournalDamage);
}

}  // namespace
}  // namespace outcry
