#include "journal/recovery.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "journal/spare_segment.h"
#include "journal/tail.h"

namespace outcry {
namespace {

const char* describe(FrameFault fault) {
  switch (fault) {
    case FrameFault::kNone:
      break;
    case FrameFault::kHeader:
      return "a frame's header is damaged";
    case FrameFault::kFormat:
      return "a frame of a format that this release does not know";
    case FrameFault::kLength:
      return "a frame reaches beyond the end of the file";
    case FrameFault::kBody:
      return "a frame's entries are damaged";
    case FrameFault::kTrailer:
      return "a frame's trailer is damaged";
  }
  return "a frame is damaged";
}

// Reads the segments one after the other; holds what the next frame must continue.
class Scanner {
 public:
  Scanner(Disk& disk, const JournalIdentity& identity, const EntryVisitor& visit)
      : disk_(disk), identity_(identity), visit_(visit) {}

  JournalScan run() {
    const std::vector<std::uint64_t> segments = list_segments(disk_);
    if (segments.empty()) throw MissingJournal("there is no journal in the data directory");
    for (std::uint64_t segment : segments) {
      ++position_.segment;
      if (segment != position_.segment) {
        throw JournalDamage(segment_name(position_.segment), 0, position_.sequence + 1,
                            "the segment is missing");
      }
      read_segment(segment == segments.back());
    }
    if (ended_) {
      throw JournalDamage(segment_name(position_.segment + 1), 0, position_.sequence + 1,
                          "the segment is missing (the one before it goes on there)");
    }
    scan_.tail = {position_, offset_};
    return scan_;
  }

 private:
  void read_segment(bool last) {
    load();
    const JournalTail previous{{position_.segment - 1, position_.sequence, position_.hash},
                               offset_};
    const bool previous_ended = ended_ || position_.segment == 1;
    const std::string fault = check_segment_header(bytes_, identity_, position_);
    if (!previous_ended) check_unended(previous, last && fault.empty());
    offset_ = 0;
    if (!fault.empty()) damaged(fault);
    offset_ = sizeof(SegmentHeader);
    ended_ = false;
    while (!ended_ && read_frame(last)) {
    }
    if (ended_ && judge_tail(std::span(bytes_).subspan(offset_), offset_) != TailState::kClean) {
      damaged("there is something behind the segment's end frame");
    }
  }

  // A segment has no end frame, or a torn one: that can only be if a crash came between the making
  // of the next segment, the journal's last, and the writing of that frame. The next one is empty
  // then.
  void check_unended(const JournalTail& segment, bool next_is_last) {
    const bool next_is_empty =
        next_is_last && judge_tail(std::span(bytes_).subspan(sizeof(SegmentHeader)),
                                   sizeof(SegmentHeader)) == TailState::kClean;
    if (!next_is_empty) {
      throw JournalDamage(segment_name(segment.position.segment), segment.offset,
                          segment.position.sequence + 1, "the segment's end is missing");
    }
    scan_.end_frame_due = true;
    scan_.end_frame_at = segment;
  }

  void load() {
    const std::unique_ptr<File> file = disk_.open(segment_name(position_.segment));
    bytes_.resize(file->size());
    bytes_.resize(file->read(0, bytes_));
  }

  // False: the good frames end here.
  bool read_frame(bool last) {
    const std::span<const std::byte> rest = std::span(bytes_).subspan(offset_);
    const FrameCheck check = check_frame(rest);
    if (check.fault != FrameFault::kNone) {
      judge_end(rest, check.fault, last);
      return false;
    }
    const std::span<const std::byte> frame = rest.first(check.header.frame_bytes);
    check_chain(check.header);
    if (check.header.kind == FrameKind::kEndOfSegment) {
      ended_ = true;
    } else {
      read_entries(frame_body(frame, check.header), check.header);
      position_.sequence = check.header.last_sequence;
      position_.hash = frame_hash(frame);
    }
    offset_ += frame.size();
    return true;
  }

  void check_chain(const FrameHeader& header) const {
    if (header.segment != position_.segment) damaged("a frame of another segment");
    if (header.first_sequence != position_.sequence + 1) {
      damaged("a frame begins at sequence " + std::to_string(header.first_sequence));
    }
    if (header.previous_hash != position_.hash) {
      damaged("a frame does not continue the one before it (hash chain)");
    }
  }

  void read_entries(std::span<const std::byte> body, const FrameHeader& header) {
    Sequence next = header.first_sequence;
    for (std::uint32_t i = 0; i < header.entry_count; ++i) {
      const std::size_t length = decode_entry(body, entry_);
      if (length == 0 || entry_.events.empty()) damaged("a frame's entry cannot be read");
      visit_(next, entry_);
      next += entry_.events.size();
      scan_.events += entry_.events.size();
      body = body.subspan(length);
    }
    scan_.entries += header.entry_count;
    if (!body.empty() || next != header.last_sequence + 1) {
      damaged("a frame's entries do not add up to its header");
    }
  }

  void judge_end(std::span<const std::byte> rest, FrameFault fault, bool last) {
    switch (judge_tail(rest, offset_)) {
      case TailState::kClean:
        return;
      case TailState::kTorn:
        // In the last but one it may be the end frame: check_unended() sees to that.
        if (!last) return;
        scan_.torn_bytes = static_cast<std::uint64_t>(
            std::ranges::find_if(rest.rbegin(), rest.rend(),
                                 [](std::byte byte) { return byte != std::byte{0}; })
                .base() -
            rest.begin());
        return;
      case TailState::kDamaged:
        break;
    }
    damaged(describe(fault));
  }

  [[noreturn]] void damaged(const std::string& reason) const {
    throw JournalDamage(segment_name(position_.segment), offset_, position_.sequence + 1, reason);
  }

  Disk& disk_;
  const JournalIdentity identity_;
  const EntryVisitor& visit_;

  ChainPosition position_;
  std::uint64_t offset_ = 0;
  bool ended_ = false;  // the segment just read has its end frame
  std::vector<std::byte> bytes_;
  Entry entry_;
  JournalScan scan_;
};

}  // namespace

JournalScan scan_journal(Disk& disk, const JournalIdentity& identity, const EntryVisitor& visit) {
  return Scanner(disk, identity, visit).run();
}

void repair_journal(Disk& disk, const JournalScan& scan) {
  const std::unique_ptr<File> file = disk.open(segment_name(scan.tail.position.segment));
  if (scan.torn_bytes != 0) {
    const std::vector<std::byte> zeros(scan.torn_bytes);
    file->write(scan.tail.offset, zeros);
    file->sync();
  }
  if (scan.end_frame_due) {
    const std::unique_ptr<File> previous =
        disk.open(segment_name(scan.end_frame_at.position.segment));
    previous->write(scan.end_frame_at.offset, end_of_segment(scan.end_frame_at.position).bytes);
    previous->sync();
  }
}

}  // namespace outcry
