// What is on the disk otherwise than it was written: the simulation's flipped bits and misdirected
// writes.
#include <algorithm>
#include <vector>

#include "journal/damage.h"
#include "journal/head.h"
#include "pipeline/simulation.h"
#include "pipeline/verification.h"

namespace outcry {
namespace {

constexpr int kMostLives = 30;             // until a write has gone astray
constexpr std::uint64_t kMostWrites = 20;  // of one life, before the one that does

}  // namespace

// While nobody looks, one bit of a file turns. It is turned back, as from a copy.
void Simulation::flip_bit() {
  std::vector<std::string> files;
  for (const std::string& name : disk_.list()) {
    if (!name.starts_with("spare") && !name.ends_with("-new")) files.push_back(name);
  }
  const std::string file = files[random_() % files.size()];
  std::vector<std::byte>& bytes = disk_.content(file);
  if (bytes.empty()) return;
  const std::uint64_t offset = random_() % bytes.size();
  const std::byte bit{static_cast<unsigned char>(1u << random_() % 8)};
  bytes[offset] ^= bit;
  judge_flip(file, offset);
  bytes[offset] ^= bit;
}

// Either recovery refuses, or the bit was of no account for it; verify finds any that was written.
void Simulation::judge_flip(const std::string& file, std::uint64_t offset) {
  ++counts_.flips;
  try {
    check(recover_engine(disk_, kEngine).engine);
  } catch (const JournalDamage&) {
    ++counts_.flips_refused;
    return;
  }
  if (!is_read_in_full(file)) return;
  try {
    verify_journal(disk_, kEngine);
  } catch (const JournalDamage&) {
    return;
  }
  throw Violation("verify does not see the bit flipped in " + file + " at " +
                  std::to_string(offset));
}

// By verify. The last segment has an end that may be torn, and so may the one before it when the
// last is new. What lies before the head is left from an interrupted removal.
bool Simulation::is_read_in_full(const std::string& file) {
  const ChainPosition head = read_head(disk_, kJournal.identity);
  for (const Sequence sequence : list_snapshots(disk_)) {
    if (file == snapshot_name(sequence)) return sequence > head.sequence;
  }
  const std::uint64_t last = list_segments(disk_).back();
  for (std::uint64_t segment = head.segment; segment + 1 < last; ++segment) {
    if (file == segment_name(segment)) return true;
  }
  return false;
}

// In the last life, since what is on the disk afterwards may be beyond repair.
void Simulation::live_until_a_write_goes_astray() {
  for (int i = 0; i < kMostLives && !disk_.has_misdirected(); ++i) {
    disk_.misdirect_write_after(random_() % kMostWrites);
    live();
  }
  if (disk_.has_misdirected()) judge_misdirection();
}

// A write that went astray was told to be done, so what it was of was acknowledged. One disk alone
// cannot tell that it never arrived if nothing was written after it: its place looks like one where
// nothing ever was, as after a last frame that vanished (see the journal's README). So this is what
// can be promised, and is asked here: recovery refuses, naming the place; or it has all that was
// acknowledged; or it lacks groups at the journal's end alone, each of which the write itself
// missed or hit, and ends where a group did. That it ends before what was seen is for those to tell
// who saw it. Whatever of it lies where verify reads all, verify names.
void Simulation::judge_misdirection() {
  ++counts_.misdirected;
  if (flaw_ == Flaw::kAnyEndCut) cut_last_segment();
  try {
    const RecoveredEngine recovered = recover_engine(disk_, kEngine);
    check_loss(recovered.engine);
    verify_misdirection(recovered.engine);
  } catch (const JournalDamage&) {
    ++counts_.misdirected_refused;
  }
}

void Simulation::check_loss(const Engine& engine) {
  engine.check_invariants();
  const Sequence last = engine.last_sequence();
  if (last >= witness_.seen()) {
    check(engine);
    return;
  }
  const auto hash = hashes_.find(last);
  require(last == 0 || (hash != hashes_.end() && engine.state_hash() == hash->second),
          "another state, or a group in part");
  const auto& frames = observer_.frames();
  for (auto lost = frames.upper_bound(last); lost != frames.end(); ++lost)
    require(is_astray(lost->second), "a group is lost that was where it should be");
  ++counts_.misdirected_lost;
}

bool Simulation::is_astray(const FramePlace& frame) const {
  const std::string file = segment_name(frame.segment);
  return std::ranges::any_of(disk_.gone_astray(), [&](const SimulatedDisk::Astray& astray) {
    return astray.file == file && astray.begin < frame.end && frame.begin < astray.end;
  });
}

void Simulation::verify_misdirection(const Engine& engine) {
  try {
    const Verification verification = verify_journal(disk_, kEngine);
    require(verification.state_hash == engine.state_hash(), "verify finds another state");
  } catch (const JournalDamage&) {
    ++counts_.misdirected_found_by_verify;
    return;
  }
  for (const SimulatedDisk::Astray& astray : disk_.gone_astray()) {
    require(!astray.still || !is_read_in_full(astray.file),
            "verify does not see what went astray in " + astray.file);
  }
}

void Simulation::cut_last_segment() {
  const std::span<std::byte> bytes = disk_.content(segment_name(list_segments(disk_).back()));
  std::size_t end = sizeof(SegmentHeader);
  while (end < bytes.size()) {
    const FrameCheck check = check_frame(bytes.subspan(end));
    if (check.fault != FrameFault::kNone) break;
    end += check.header.frame_bytes;
  }
  std::ranges::fill(bytes.subspan(end), std::byte{0});
}

}  // namespace outcry
