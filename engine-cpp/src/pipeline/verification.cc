#include "pipeline/verification.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "journal/head.h"
#include "pipeline/recovered_engine.h"

namespace outcry {
namespace {

class Verifier {
 public:
  Verifier(Disk& disk, const EngineSettings& settings) : disk_(disk), settings_(settings) {
    const ChainPosition head = read_head(disk, identity_of(settings));
    while (!begin(head)) {
    }
  }

  Verification run() {
    Verification result;
    result.scan =
        scan_journal(disk_, identity_of(settings_),
                     [this](Sequence first, const Entry& entry) { take(first, entry); },
                     {.at_frame_end = [this](const JournalTail& position) { pass(position); }});
    if (next_snapshot_ != snapshots_.size()) misplaced(snapshots_[next_snapshot_]);
    if (!executing_.has_value()) {
      throw JournalDamage(segment_name(result.scan.tail.position.segment), 0,
                          result.scan.tail.position.sequence,
                          "the journal's beginning was removed, and there is no snapshot");
    }
    result.snapshots = compared_snapshots_;
    result.executed = executed_;
    result.begun_with = first_.sequence;
    result.state_hash = compare_states();
    return result;
  }

 private:
  // At the journal's beginning or, when that was removed, with the first snapshot: at once, since
  // an engine that runs may have newer ones when it is reached. False: it has already.
  bool begin(const ChainPosition& head) {
    snapshots_ = list_snapshots(disk_);
    // Older ones are left from an interrupted removal.
    std::erase_if(snapshots_, [&](Sequence sequence) { return sequence <= head.sequence; });
    if (head.segment == 1) {
      executing_.emplace(settings_);
      applying_.emplace(settings_);
      return true;
    }
    return snapshots_.empty() || unless_replaced([this] { begin_with(snapshots_.front()); });
  }

  void begin_with(Sequence snapshot) {
    first_ = check_snapshot(disk_, snapshot, identity_of(settings_));
    Engine executing = load_snapshot(disk_, snapshot, settings_);
    applying_ = load_snapshot(disk_, snapshot, settings_);
    executing_ = std::move(executing);
  }

  // Returns whether the snapshot that is read was still there.
  template <class Read>
  static bool unless_replaced(Read read) {
    try {
      read();
      return true;
    } catch (const DiskError& failure) {
      if (failure.cause() != ENOENT) throw;
      return false;
    }
  }

  void take(Sequence first_sequence, const Entry& entry) {
    if (!executing_.has_value() || first_sequence <= executing_->last_sequence()) return;
    if (first_sequence != executing_->last_sequence() + 1) {
      throw JournalDamage(kHeadName, 0, first_sequence, "the journal begins behind its snapshot");
    }
    events_.clear();
    executing_->execute(entry.command, entry.time, events_);
    if (events_ != entry.events) throw Mismatch(describe(first_sequence, entry));
    applying_->apply(entry.command, entry.time, first_sequence, entry.events);
    ++executed_;
  }

  // Compares the snapshot that was taken there, if there is one.
  void pass(const JournalTail& position) {
    if (next_snapshot_ == snapshots_.size()) return;
    const Sequence sequence = snapshots_[next_snapshot_];
    if (position.position.sequence < sequence) return;
    ++next_snapshot_;
    if (unless_replaced([&] { compare(sequence, position); })) ++compared_snapshots_;
  }

  void compare(Sequence sequence, const JournalTail& position) {
    const bool begun_with = sequence == first_.sequence;
    const SnapshotHeader header =
        begun_with ? first_ : check_snapshot(disk_, sequence, identity_of(settings_));
    if (header.position() != position) misplaced(sequence);
    if (begun_with) return;
    SnapshotHash hash;
    executing_->save(hash);
    if (hash.digest() != header.body_hash) {
      throw Mismatch(snapshot_name(sequence) + " is not the state that the commands give");
    }
  }

  std::uint64_t compare_states() const {
    executing_->check_invariants();
    applying_->check_invariants();
    const std::uint64_t hash = executing_->state_hash();
    if (applying_->state_hash() != hash) {
      throw Mismatch("the state built from the events is not the one that the commands give");
    }
    return hash;
  }

  [[noreturn]] static void misplaced(Sequence sequence) {
    throw JournalDamage(snapshot_name(sequence), 0, sequence,
                        "no frame of the journal ends where it was taken");
  }

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

  Disk& disk_;
  const EngineSettings settings_;
  std::vector<Sequence> snapshots_;
  std::size_t next_snapshot_ = 0;
  std::size_t compared_snapshots_ = 0;
  std::uint64_t executed_ = 0;  // entries
  SnapshotHeader first_{};      // that it began with; sequence 0: none
  // Both absent when the journal's beginning was removed and there is no snapshot.
  std::optional<Engine> executing_;
  std::optional<Engine> applying_;
  std::vector<Event> events_;
};

}  // namespace

Verification verify_journal(Disk& disk, const EngineSettings& settings) {
  return read_from_head(disk, identity_of(settings),
                        [&] { return Verifier(disk, settings).run(); });
}

}  // namespace outcry
