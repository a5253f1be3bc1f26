#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "journal/recovery.h"

namespace outcry {

// Reads segments one after the other and holds what the next frame must continue. Single thread,
// used once.
class Scanner {
 public:
  Scanner(Disk& disk, const JournalIdentity& identity, const EntryVisitor& visit,
          const ScanOptions& options);

  JournalScan run();

 private:
  void read_segments();
  bool is_there(std::uint64_t segment) const;
  std::vector<std::uint64_t> segments_from(std::uint64_t first) const;
  void begin(const ChainPosition& head);
  bool skip(const ChainPosition& head, std::uint64_t segment);
  void read_segment(bool last);
  void check_unended(const JournalTail& segment, bool next_is_last);
  bool has_ended(const JournalTail& segment) const;
  void load();
  bool read_frame(bool last);
  void check_chain(const FrameHeader& header) const;
  void read_entries(std::span<const std::byte> frame, const FrameHeader& header);
  void pass(const FrameHeader& header);
  void finish() const;
  bool judge_end(std::span<const std::byte> rest, FrameFault fault, bool last);
  [[noreturn]] void damaged(const std::string& reason) const;
  [[noreturn]] void missing(std::uint64_t segment, const std::string& reason) const;

  Disk& disk_;
  const JournalIdentity identity_;
  const EntryVisitor& visit_;
  const ScanOptions& options_;

  ChainPosition position_;
  std::uint64_t offset_ = 0;
  bool ended_ = true;    // the segment just read has its end frame
  bool reread_ = false;  // the segment was read a second time
  std::vector<std::byte> bytes_;
  Entry entry_;
  JournalScan scan_;
};

}  // namespace outcry
