// A journal on a simulated disk and what was put in it, for tests. Single thread.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

#include "journal/random_entries.h"
#include "journal/recovery.h"
#include "journal/simulated_disk.h"
#include "journal/writer.h"

namespace outcry {

inline bool same(const Entry& a, const Entry& b) {
  return a.time == b.time && a.command == b.command && a.events == b.events;
}

class TestJournal {
 public:
  static constexpr JournalSettings kSettings{{7, 86'400}, 8'192};

  TestJournal(SimulatedDisk& disk, std::uint64_t seed) : disk_(disk), random_(seed) {}

  // Recovers, repairs and checks against what was acknowledged: that must all be there, and of what
  // was not, nothing but one whole frame.
  void open() {
    std::vector<Entry> found;
    const auto collect = [&found](Sequence first, const Entry& entry) {
      ASSERT_EQ(first, found.empty() ? 1 : next_of(found));
      found.push_back(entry);
    };
    scan_ = scan_journal(disk_, kSettings.identity, collect);
    repair_journal(disk_, scan_);
    check_and_keep(found);
    spare_ = std::make_unique<SpareSegment>(disk_, kSettings.segment_bytes);
    writer_ = std::make_unique<JournalWriter>(disk_, kSettings, *spare_, scan_.tail);
  }

  // Appends a frame of that many random entries.
  void append(std::size_t count) {
    frame_.begin(writer_->position().sequence + 1);
    unacknowledged_.clear();
    while (unacknowledged_.size() < count) {
      unacknowledged_.push_back(random_.entry());
      const Entry& entry = unacknowledged_.back();
      frame_.append(entry.command, entry.time, entry.events);
    }
    writer_->append(frame_);
    acknowledged_.insert(acknowledged_.end(), unacknowledged_.begin(), unacknowledged_.end());
    unacknowledged_.clear();
  }

  const std::vector<Entry>& acknowledged() const { return acknowledged_; }
  const JournalScan& scan() const { return scan_; }
  const ChainPosition& position() const { return writer_->position(); }
  const Frame& last_frame() const { return frame_; }

 private:
  static Sequence next_of(const std::vector<Entry>& entries) {
    Sequence next = 1;
    for (const Entry& entry : entries)
      next += entry.events.size();
    return next;
  }

  void check_and_keep(const std::vector<Entry>& found) {
    ASSERT_GE(found.size(), acknowledged_.size()) << "acknowledged entries are lost";
    for (std::size_t i = 0; i < acknowledged_.size(); ++i) {
      ASSERT_TRUE(same(found[i], acknowledged_[i])) << "entry " << i;
    }
    const std::size_t more = found.size() - acknowledged_.size();
    if (more != 0) {
      ASSERT_EQ(more, unacknowledged_.size()) << "part of a frame";
      for (std::size_t i = 0; i < more; ++i) {
        ASSERT_TRUE(same(found[acknowledged_.size() + i], unacknowledged_[i]));
      }
    }
    acknowledged_ = found;
    unacknowledged_.clear();
  }

  SimulatedDisk& disk_;
  RandomEntries random_;
  JournalScan scan_;
  std::unique_ptr<SpareSegment> spare_;
  std::unique_ptr<JournalWriter> writer_;
  Frame frame_;
  std::vector<Entry> acknowledged_;
  std::vector<Entry> unacknowledged_;
};

}  // namespace outcry
