#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include "journal/disk.h"
#include "journal/frame.h"
#include "journal/writer.h"
#include "outcry/types.h"

namespace outcry {

// The journal no longer holds what was asked for.
class NotRetained : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Reads frames from the segment files while the journal is being written. Single thread; may be
// another one than the writer's.
class JournalCursor {
 public:
  // Stands before the frame that holds the event `after_sequence` + 1. Throws NotRetained,
  // JournalDamage, DiskError.
  JournalCursor(Disk& disk, Sequence after_sequence);

  // The next frame with an event after the cursor's sequence; it must be known to be durable. Valid
  // until the next call. Throws JournalDamage, DiskError.
  std::span<const std::byte> next();

  // Last of the frames read.
  Sequence sequence() const { return sequence_; }

  // Right behind the frame that next() returned last.
  JournalTail position() const;

 private:
  void open(std::uint64_t segment);
  std::span<const std::byte> read_frame();
  FrameCheck look();
  void forget_buffer();
  bool fill(std::size_t bytes);

  Disk& disk_;
  Sequence sequence_;
  std::uint64_t segment_ = 0;
  std::unique_ptr<File> file_;
  std::uint64_t file_offset_ = 0;  // of buffer_[0]
  std::vector<std::byte> buffer_;
  std::size_t begin_ = 0;  // unread part of buffer_
  std::size_t end_ = 0;
  std::span<const std::byte> frame_;  // the last one returned
};

}  // namespace outcry
