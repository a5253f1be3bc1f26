#include "pipeline/verification.h"

#include <string>
#include <vector>

#include "engine/engine.h"

namespace outcry {
namespace {

class Verifier {
 public:
  explicit Verifier(const EngineSettings& settings) : executing_(settings), applying_(settings) {}

  void take(Sequence first_sequence, const Entry& entry) {
    events_.clear();
    executing_.execute(entry.command, entry.time, events_);
    if (events_ != entry.events) throw Mismatch(describe(first_sequence, entry));
    applying_.apply(entry.command, entry.time, first_sequence, entry.events);
  }

  std::uint64_t finish() const {
    executing_.check_invariants();
    applying_.check_invariants();
    const std::uint64_t hash = executing_.state_hash();
    if (applying_.state_hash() != hash) {
      throw Mismatch("the state built from the events is not the one that the commands give");
    }
    return hash;
  }

 private:
  std::string describe(Sequence first_sequence, const Entry& entry) const {
    std::size_t same = 0;
    while (same < events_.size() && same < entry.events.size() &&
           events_[same] == entry.events[same]) {
      ++same;
    }
    return "the command whose first event is " + std::to_string(first_sequence) +
           ", executed again, gives other events from sequence " +
           std::to_string(first_sequence + same) + " on";
  }

  Engine executing_;
  Engine applying_;
  std::vector<Event> events_;
};

}  // namespace

Verification verify_journal(Disk& disk, const EngineSettings& settings) {
  Verifier verifier(settings);
  Verification result;
  result.scan = scan_journal(
      disk, {settings.engine_group, settings.client_order_id_window},
      [&verifier](Sequence first, const Entry& entry) { verifier.take(first, entry); });
  result.state_hash = verifier.finish();
  return result;
}

}  // namespace outcry
