#include "server/journal_tools.h"

#include <google/protobuf/util/json_util.h>

#include <array>
#include <ctime>
#include <iomanip>
#include <ostream>
#include <sstream>

#include "journal/compaction.h"
#include "journal/cursor.h"
#include "journal/damage.h"
#include "journal/head.h"
#include "journal/presence.h"
#include "pipeline/recovered_engine.h"
#include "server/event_encoder.h"

namespace outcry {
namespace {

// By the command's position in Command.
constexpr std::array<const char*, std::variant_size_v<Command>> kCommandNames = {
    "PlaceOrder",     "CancelOrder",   "ReplaceOrder",     "CancelAll",
    "OpenAccount",    "AdjustCash",    "AdjustPosition",   "SetLimits",
    "SuspendAccount", "ResumeAccount", "DefineInstrument", "SetInstrumentStatus",
    "CloseSession",   "Tick"};

std::string utc(Timestamp time) {
  constexpr Timestamp kSecond = 1'000'000'000;
  const std::time_t seconds = time / kSecond;
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  std::ostringstream text;
  text << std::put_time(&utc, "%FT%T") << '.' << std::setfill('0') << std::setw(9) << time % kSecond
       << 'Z';
  return text.str();
}

std::string to_json(const engine::v1::Event& event) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(event, &json, options);
  if (!status.ok()) throw std::runtime_error("an event has no JSON form: " + status.ToString());
  return json;
}

void warn_of_torn_frame(const JournalScan& scan, std::ostream& out) {
  if (scan.torn_bytes == 0) return;
  out << "a torn frame of " << scan.torn_bytes
      << " bytes at the end, never acknowledged, to be cut at the next start\n";
}

JournalIdentity identity_in(Disk& disk) {
  if (!journal_exists(disk)) throw MissingJournal("there is no journal in the data directory");
  return read_identity(disk);
}

EngineSettings settings_of(Disk& disk) {
  const JournalIdentity identity = identity_in(disk);
  EngineSettings settings;
  settings.engine_group = identity.engine_group;
  settings.client_order_id_window = identity.client_order_id_window;
  return settings;
}

// A journal that is being printed, event by event.
class Printing {
 public:
  Printing(Disk& disk, const EngineSettings& settings)
      : disk_(disk),
        identity_(identity_of(settings)),
        head_(read_head(disk, identity_)),
        encoder_(make_encoder(settings)) {}

  // Where printing begins: behind `after_sequence`, or with what there is.
  Sequence begin(std::optional<Sequence> after_sequence, std::ostream& notes) const {
    if (!after_sequence.has_value() && head_.sequence != 0) {
      notes << "the journal begins with sequence " << head_.sequence + 1
            << ": what was before it was removed\n";
    }
    const Sequence after = after_sequence.value_or(head_.sequence);
    if (after < head_.sequence) {
      throw NotRetained("the journal begins with sequence " + std::to_string(head_.sequence + 1) +
                        ": what comes after " + std::to_string(after) + " is not all there");
    }
    return after;
  }

  // Valid until the next call.
  const engine::v1::Event& encode(const Entry& entry, const Event& event, Sequence sequence) {
    message_.Clear();
    encoder_.encode(entry, event, sequence, message_);
    return message_;
  }

  // Of what comes after that sequence.
  JournalScan scan(Sequence after_sequence, const EntryVisitor& print,
                   const ScanOptions& options = {}) {
    const JournalScan scan = read(print, options);
    const Sequence last = scan.tail.position.sequence;
    if (after_sequence > last) {
      throw SequenceAhead("the journal ends with sequence " + std::to_string(last) +
                          ": there is no " + std::to_string(after_sequence));
    }
    return scan;
  }

 private:
  JournalScan read(const EntryVisitor& print, const ScanOptions& options) {
    try {
      return scan_journal(disk_, identity_, print, options);
    } catch (const std::exception&) {
      if (read_head(disk_, identity_).segment == head_.segment) throw;
      throw NotRetained("the journal's beginning was removed while it was read: print it again");
    }
  }

  // Who reads a journal whose beginning was removed has the instruments' names from a snapshot.
  EventEncoder make_encoder(const EngineSettings& settings) {
    if (head_.segment == 1) return EventEncoder();
    return EventEncoder(load_newest_snapshot(disk_, settings).engine);
  }

  Disk& disk_;
  const JournalIdentity identity_;
  const ChainPosition head_;
  EventEncoder encoder_;
  engine::v1::Event message_;
};

}  // namespace

void print_verification(Disk& disk, std::ostream& out) {
  const Verification verification = verify_journal(disk, settings_of(disk));
  const JournalScan& scan = verification.scan;
  warn_of_torn_frame(scan, out);
  if (verification.begun_with != 0) {
    out << "the journal's beginning was removed: " << verification.executed
        << " entries were executed again, from the snapshot of sequence " << verification.begun_with
        << " on; of those before it every byte was read\n";
  }
  out << "verified: " << scan.entries << " entries, " << scan.events << " events to sequence "
      << scan.tail.position.sequence << ", segments to " << scan.tail.position.segment << ", "
      << verification.snapshots << " snapshots, state " << std::hex << std::setfill('0')
      << std::setw(16) << verification.state_hash << std::dec << '\n';
}

void inspect(Disk& disk, std::optional<Sequence> after_sequence, std::ostream& out,
             std::ostream& notes) {
  const EngineSettings settings = settings_of(disk);
  Printing printing(disk, settings);
  const Sequence after = printing.begin(after_sequence, notes);
  const auto print_entry = [&](Sequence sequence, const Entry& entry) {
    const bool wanted = sequence + entry.events.size() > after + 1;
    if (wanted) out << utc(entry.time) << ' ' << kCommandNames[entry.command.index()] << '\n';
    for (const Event& event : entry.events) {
      const engine::v1::Event& message = printing.encode(entry, event, sequence++);
      if (wanted) out << "  " << message.ShortDebugString() << '\n';
    }
  };
  const auto print_frame = [&](const JournalTail& position) {
    if (position.position.sequence <= after) return;
    out << "-- " << segment_name(position.position.segment) << " to offset " << position.offset
        << '\n';
  };
  warn_of_torn_frame(printing.scan(after, print_entry, {.at_frame_end = print_frame}), out);
}

void export_events(Disk& disk, std::optional<Sequence> after_sequence, std::ostream& out,
                   std::ostream& notes) {
  const EngineSettings settings = settings_of(disk);
  Printing printing(disk, settings);
  const Sequence after = printing.begin(after_sequence, notes);
  printing.scan(after, [&](Sequence sequence, const Entry& entry) {
    for (const Event& event : entry.events) {
      const engine::v1::Event& message = printing.encode(entry, event, sequence);
      if (sequence++ > after) out << to_json(message) << '\n';
    }
  });
}

void compact(Disk& disk, Sequence consumer_sequence, Disk* archive, std::ostream& out) {
  const Compaction compaction =
      compact_journal(disk, identity_in(disk), consumer_sequence, archive);
  out << "removed " << compaction.removed << " segments; the journal begins with "
      << segment_name(compaction.first_segment) << ", sequence " << compaction.first_sequence
      << '\n';
}

}  // namespace outcry
