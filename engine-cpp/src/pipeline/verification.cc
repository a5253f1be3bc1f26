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
  Verifier(Disk& disk, const EngineSettings& settings)
      : disk_(disk), settings_(settings), snapshots_(list_snapshots(disk)) {
    const ChainPosition head = read_head(disk, identity_of(settings));
    // Older ones are left from an interrupted removal.
    std::erase_if(snapshots_, [&](Sequence sequence) { return sequence <= head.sequence; });
    if (head.segment > 1) return;
    executing_.emplace(settings);
    applying_.emplace(settings);
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
    result.state_hash = compare_states();
    return result;
  }

 private:
  void take(Sequence first_sequence, const Entry& entry) {
    if (!executing_.has_value()) return;
    events_.clear();
    executing_->execute(entry.command, entry.time, events_);
    if (events_ != entry.events) throw Mismatch(describe(first_sequence, entry));
    applying_->apply(entry.command, entry.time, first_sequence, entry.events);
  }

  // Compares the snapshot that was taken there, if there is one, or begins with it.
  void pass(const JournalTail& position) {
    if (next_snapshot_ == snapshots_.size()) return;
    const Sequence sequence = snapshots_[next_snapshot_];
    if (position.position.sequence < sequence) return;
    ++next_snapshot_;
    try {
      compare(sequence, position);
      ++compared_snapshots_;
    } catch (const DiskError& failure) {
      // An engine that runs has newer ones by now.
      if (failure.cause() != ENOENT) throw;
    }
  }

  void compare(Sequence sequence, const JournalTail& position) {
    const SnapshotHeader header = check_snapshot(disk_, sequence, identity_of(settings_));
    if (header.position() != position) misplaced(sequence);
    if (!executing_.has_value()) {
      Engine executing = load_snapshot(disk_, sequence, settings_);
      applying_ = load_snapshot(disk_, sequence, settings_);
      executing_ = std::move(executing);
      return;
    }
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
  // Both absent until the first snapshot when the journal's beginning was removed.
  std::optional<Engine> executing_;
  std::optional<Engine> applying_;
  std::vector<Event> events_;
};

}  // namespace

Verification verify_journal(Disk& disk, const EngineSettings& settings) {
  return Verifier(disk, settings).run();
}

}  // namespace outcry
