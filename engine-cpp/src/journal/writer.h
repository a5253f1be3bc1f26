#pragma once

#include <cstdint>
#include <memory>

#include "journal/disk.h"
#include "journal/frame.h"
#include "journal/segment.h"
#include "journal/spare_segment.h"

namespace outcry {

// Where the journal ends and the next frame goes.
struct JournalTail {
  ChainPosition position;
  std::uint64_t offset = 0;  // in the segment position.segment

  friend bool operator==(const JournalTail&, const JournalTail&) = default;
};

// Appends frames to the journal. One thread at a time.
//
// Any DiskError leaves the journal in an unknown state: the process must end and recover. Nothing
// is ever tried again.
class JournalWriter {
 public:
  // Goes on at `tail`, which recovery found.
  JournalWriter(Disk& disk, const JournalSettings& settings, SpareSegment& spare,
                const JournalTail& tail);

  // On stable storage when it returns. The frame must begin at position().sequence + 1. One that is
  // too large is a DiskError before anything of it is written.
  void append(Frame& frame);

  const ChainPosition& position() const { return tail_.position; }
  std::uint64_t bytes_written() const { return bytes_written_; }

 private:
  bool fits(std::uint64_t frame_bytes) const;
  void begin_segment(std::uint64_t frame_bytes);

  Disk& disk_;
  const JournalSettings settings_;
  SpareSegment& spare_;
  std::unique_ptr<File> file_;
  std::uint64_t capacity_;
  JournalTail tail_;
  std::uint64_t bytes_written_ = 0;
};

// Begins an empty journal in a directory that has none.
void create_journal(Disk& disk, const JournalSettings& settings);

}  // namespace outcry
