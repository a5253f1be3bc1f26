#include "journal/event_time.h"

#include "journal/cursor.h"
#include "journal/damage.h"
#include "journal/entry.h"
#include "journal/frame.h"

namespace outcry {
namespace {

Timestamp time_in(std::span<const std::byte> frame, Sequence sequence) {
  const FrameHeader header = check_frame_header(frame).header;
  std::span<const std::byte> body = frame_body(frame, header);
  Entry entry;
  for (Sequence last = header.first_sequence - 1; last < sequence; last += entry.events.size()) {
    const std::size_t length = decode_entry(body, entry);
    if (length == 0) throw JournalDamage("a durable frame", 0, last + 1, "an entry cannot be read");
    body = body.subspan(length);
  }
  return entry.time;
}

}  // namespace

std::optional<Timestamp> read_event_time(Disk& disk, Sequence sequence) {
  try {
    JournalCursor cursor(disk, sequence - 1);
    return time_in(cursor.next(), sequence);
  } catch (const NotRetained&) {
    return std::nullopt;
  }
}

}  // namespace outcry
