#include "journal/segment.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "journal/crc32c.h"
#include "journal/damage.h"

namespace outcry {
namespace {

constexpr std::uint64_t kSegmentMagic = 0x3153'5952'4354'554F;  // "OUTCRYS1"
constexpr std::string_view kPrefix = "journal-";
constexpr std::size_t kDigits = 10;

std::uint32_t header_crc(const SegmentHeader& header) {
  return crc32c(std::as_bytes(std::span(&header, 1)).first(offsetof(SegmentHeader, header_crc)));
}

std::string mismatch(std::string_view what, std::uint64_t found, std::uint64_t expected) {
  return std::string(what) + " is " + std::to_string(found) + ", expected " +
         std::to_string(expected);
}

// Of a file's name; 0: not a segment's.
std::uint64_t segment_number(std::string_view name) {
  if (!name.starts_with(kPrefix) || name.size() != kPrefix.size() + kDigits) return 0;
  std::uint64_t number = 0;
  const auto [end, failure] =
      std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), number);
  return failure == std::errc{} && end == name.data() + name.size() ? number : 0;
}

}  // namespace

SegmentHeader make_segment_header(const JournalIdentity& identity, const ChainPosition& position,
                                  std::uint64_t file_bytes) {
  SegmentHeader header{};
  header.magic = kSegmentMagic;
  header.format = kJournalFormat;
  header.engine_group = identity.engine_group;
  header.client_order_id_window = identity.client_order_id_window;
  header.segment = position.segment;
  header.first_sequence = position.sequence + 1;
  header.previous_hash = position.hash;
  header.file_bytes = file_bytes;
  header.header_crc = header_crc(header);
  return header;
}

std::string check_segment_header(std::span<const std::byte> bytes, const JournalIdentity& identity,
                                 std::uint64_t segment) {
  SegmentHeader header{};
  if (bytes.size() < sizeof header) return "the file is shorter than a segment's header";
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != kSegmentMagic) return "not a journal segment";
  if (header.header_crc != header_crc(header)) return "the segment's header is damaged";
  if (header.format != kJournalFormat) {
    return mismatch("journal format", header.format, kJournalFormat);
  }
  if (header.engine_group != identity.engine_group) {
    return mismatch("engine group", header.engine_group, identity.engine_group);
  }
  if (header.client_order_id_window != identity.client_order_id_window) {
    return mismatch("client order id window",
                    static_cast<std::uint64_t>(header.client_order_id_window),
                    static_cast<std::uint64_t>(identity.client_order_id_window));
  }
  if (header.segment != segment) return mismatch("segment number", header.segment, segment);
  return {};
}

bool is_header_of(std::uint64_t segment, const SegmentHeader& header) {
  return header.magic == kSegmentMagic && header.header_crc == header_crc(header) &&
         header.segment == segment;
}

std::string check_continuation(const SegmentHeader& header, const ChainPosition& position) {
  if (header.first_sequence != position.sequence + 1) {
    return mismatch("first sequence", header.first_sequence, position.sequence + 1);
  }
  if (header.previous_hash != position.hash) {
    return "it does not continue the segment before it (hash chain)";
  }
  return {};
}

JournalIdentity read_identity(Disk& disk) {
  const std::vector<std::uint64_t> segments = list_segments(disk);
  if (segments.empty()) throw MissingJournal("there is no journal in the data directory");
  SegmentHeader header{};
  const std::span<std::byte> bytes = std::as_writable_bytes(std::span(&header, 1));
  if (disk.open(segment_name(segments[0]))->read(0, bytes) != bytes.size() ||
      header.header_crc != header_crc(header)) {
    throw JournalDamage(segment_name(segments[0]), 0, 1, "the segment's header is damaged");
  }
  return {header.engine_group, header.client_order_id_window};
}

std::string segment_name(std::uint64_t segment) {
  std::string digits = std::to_string(segment);
  digits.insert(0, kDigits - std::min(kDigits, digits.size()), '0');
  return std::string(kPrefix) + digits;
}

std::vector<std::uint64_t> list_segments(Disk& disk) {
  std::vector<std::uint64_t> segments;
  for (const std::string& name : disk.list()) {
    const std::uint64_t number = segment_number(name);
    if (number != 0) segments.push_back(number);
  }
  std::ranges::sort(segments);
  return segments;
}

}  // namespace outcry
