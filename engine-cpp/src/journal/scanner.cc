#include "journal/scanner.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <ranges>

#include "journal/head.h"
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

}  // namespace

Scanner::Scanner(Disk& disk, const JournalIdentity& identity, const EntryVisitor& visit,
                 const ScanOptions& options)
    : disk_(disk), identity_(identity), visit_(visit), options_(options) {}

JournalScan Scanner::run() {
  begin(read_head(disk_, identity_));
  read_segments();
  // One that ended after the segments were listed: an engine goes on writing meanwhile.
  while (ended_ && options_.last_segment == 0 && is_there(position_.segment + 1))
    read_segments();
  finish();
  scan_.tail = {position_, offset_};
  return scan_;
}

void Scanner::read_segments() {
  const std::vector<std::uint64_t> segments = segments_from(position_.segment + 1);
  if (segments.empty()) missing(position_.segment + 1, "the segment is missing");
  for (const std::uint64_t segment : segments) {
    ++position_.segment;
    if (segment != position_.segment) missing(position_.segment, "the segment is missing");
    read_segment(segment == segments.back());
    if (segment == options_.last_segment) break;
  }
}

bool Scanner::is_there(std::uint64_t segment) const {
  const std::vector<std::string> names = disk_.list();
  return std::ranges::find(names, segment_name(segment)) != names.end();
}

// The segments in the directory from that one on; older ones are left from an interrupted removal.
std::vector<std::uint64_t> Scanner::segments_from(std::uint64_t first) const {
  std::vector<std::uint64_t> segments = list_segments(disk_);
  if (segments.empty()) throw MissingJournal("there is no journal in the data directory");
  std::erase_if(segments, [first](std::uint64_t segment) { return segment < first; });
  return segments;
}

// Stands before the first segment to be read: the snapshot's, or the journal's first.
void Scanner::begin(const ChainPosition& head) {
  const std::uint64_t snapshot_segment = options_.after.position.segment;
  if (options_.after.position.sequence == 0 || snapshot_segment <= head.segment) {
    position_ = head;
    --position_.segment;
    return;
  }
  for (std::uint64_t segment = head.segment; segment <= snapshot_segment; ++segment) {
    if (skip(head, segment)) continue;
    // Reading all of it tells exactly what is wrong.
    const EntryVisitor ignore = [](Sequence, const Entry&) {};
    Scanner(disk_, identity_, ignore, {}).run();
    missing(segment, "the segment is not as it was");
  }
}

// Goes to where the segment begins, by its header alone. False: it is not the segment that it
// should be.
bool Scanner::skip(const ChainPosition& head, std::uint64_t segment) {
  if (!is_there(segment)) return false;
  SegmentHeader header{};
  const std::span<std::byte> bytes = std::as_writable_bytes(std::span(&header, 1));
  const std::size_t size = disk_.open(segment_name(segment))->read(0, bytes);
  if (!check_segment_header(bytes.first(size), identity_, segment).empty()) return false;
  // The one before may hold nothing: a frame that did not fit into it came first.
  const Sequence least = (segment == head.segment ? head : position_).sequence + 1;
  position_ = {segment - 1, header.first_sequence - 1, header.previous_hash};
  return header.first_sequence >= least;
}

void Scanner::read_segment(bool last) {
  load();
  const JournalTail previous{{position_.segment - 1, position_.sequence, position_.hash}, offset_};
  if (const std::string fault = check_segment_header(bytes_, identity_, position_.segment);
      !fault.empty()) {
    missing(position_.segment, fault);
  }
  SegmentHeader header{};
  std::memcpy(&header, bytes_.data(), sizeof header);
  const std::string fault = check_continuation(header, position_);
  if (!ended_) check_unended(previous, last && fault.empty());
  if (!fault.empty()) missing(position_.segment, fault);
  offset_ = sizeof(SegmentHeader);
  ended_ = false;
  reread_ = false;
  while (!ended_ && read_frame(last)) {
  }
  if (bytes_.size() != header.file_bytes) {
    damaged("the file has " + std::to_string(bytes_.size()) + " bytes, it was made with " +
            std::to_string(header.file_bytes));
  }
  if (ended_ && judge_tail(std::span(bytes_).subspan(offset_), offset_) != TailState::kClean) {
    damaged("there is something behind the segment's end frame");
  }
}

// A segment has no end frame, or a torn one: that can only be if a crash came between the making of
// the next segment, the journal's last, and the writing of that frame. The next one is empty then.
void Scanner::check_unended(const JournalTail& segment, bool next_is_last) {
  const bool next_is_empty =
      next_is_last && judge_tail(std::span(bytes_).subspan(sizeof(SegmentHeader)),
                                 sizeof(SegmentHeader)) == TailState::kClean;
  if (next_is_empty) {
    scan_.end_frame_due = true;
    scan_.end_frame_at = segment;
  } else if (!has_ended(segment)) {
    throw JournalDamage(segment_name(segment.position.segment), segment.offset,
                        segment.position.sequence + 1, "the segment's end is missing");
  }
}

// Whether the segment has its end frame by now: an engine may have written it, and on in the next
// one, since the segment was read.
bool Scanner::has_ended(const JournalTail& segment) const {
  const EndOfSegment end = end_of_segment(segment.position);
  EndOfSegment read{};
  disk_.open(segment_name(segment.position.segment))->read(segment.offset, read.bytes);
  return std::ranges::equal(read.bytes, end.bytes);
}

void Scanner::load() {
  const std::unique_ptr<File> file = disk_.open(segment_name(position_.segment));
  bytes_.resize(file->size());
  bytes_.resize(file->read(0, bytes_));
}

// False: the good frames end here.
bool Scanner::read_frame(bool last) {
  const std::span<const std::byte> rest = std::span(bytes_).subspan(offset_);
  const FrameCheck check = check_frame(rest);
  if (check.fault != FrameFault::kNone) return judge_end(rest, check.fault, last);
  const std::span<const std::byte> frame = rest.first(check.header.frame_bytes);
  check_chain(check.header);
  if (check.header.kind == FrameKind::kEndOfSegment) {
    ended_ = true;
    offset_ += frame.size();
    return true;
  }
  if (check.header.last_sequence > options_.after.position.sequence) {
    read_entries(frame, check.header);
  }
  position_.sequence = check.header.last_sequence;
  position_.hash = frame_hash(frame);
  offset_ += frame.size();
  pass(check.header);
  return true;
}

void Scanner::check_chain(const FrameHeader& header) const {
  if (header.segment != position_.segment) damaged("a frame of another segment");
  if (header.first_sequence != position_.sequence + 1) {
    damaged("a frame begins at sequence " + std::to_string(header.first_sequence));
  }
  if (header.previous_hash != position_.hash) {
    damaged("a frame does not continue the one before it (hash chain)");
  }
}

void Scanner::read_entries(std::span<const std::byte> frame, const FrameHeader& header) {
  std::span<const std::byte> body = frame_body(frame, header);
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
  scan_.bytes += frame.size();
  if (!body.empty() || next != header.last_sequence + 1) {
    damaged("a frame's entries do not add up to its header");
  }
}

// A frame of entries was read: does it end where the snapshot was taken, if it has that sequence?
void Scanner::pass(const FrameHeader& header) {
  const JournalTail& snapshot = options_.after;
  const Sequence sequence = snapshot.position.sequence;
  if (header.first_sequence <= sequence && sequence <= header.last_sequence) {
    const bool same = header.last_sequence == sequence &&
                      position_.hash == snapshot.position.hash &&
                      position_.segment == snapshot.position.segment && offset_ == snapshot.offset;
    if (!same) {
      damaged("no frame ends where the snapshot of sequence " + std::to_string(sequence) +
              " was taken");
    }
  }
  if (options_.at_frame_end) options_.at_frame_end({position_, offset_});
}

void Scanner::finish() const {
  if (options_.last_segment != 0) {
    if (!ended_) damaged("the segment's end is missing");
  } else if (ended_) {
    missing(position_.segment + 1, "the segment is missing (the one before it goes on there)");
  }
  if (position_.sequence < options_.after.position.sequence) {
    damaged("the journal ends before the snapshot of sequence " +
            std::to_string(options_.after.position.sequence));
  }
}

// Returns whether to look at it again.
bool Scanner::judge_end(std::span<const std::byte> rest, FrameFault fault, bool last) {
  const TailState state = judge_tail(rest, offset_);
  if ((state == TailState::kDamaged || !last) && !reread_) {
    // An engine may have written meanwhile: then some of what was read is older than the rest.
    reread_ = true;
    load();
    return true;
  }
  if (state == TailState::kDamaged) damaged(describe(fault));
  // In the last but one it may be the end frame: check_unended() sees to that.
  if (state == TailState::kTorn && last) {
    scan_.torn_bytes = static_cast<std::uint64_t>(
        std::ranges::find_if(rest.rbegin(), rest.rend(),
                             [](std::byte byte) { return byte != std::byte{0}; })
            .base() -
        rest.begin());
  }
  return false;
}

void Scanner::damaged(const std::string& reason) const {
  throw JournalDamage(segment_name(position_.segment), offset_, position_.sequence + 1, reason);
}

void Scanner::missing(std::uint64_t segment, const std::string& reason) const {
  throw JournalDamage(segment_name(segment), 0, position_.sequence + 1, reason);
}

}  // namespace outcry
