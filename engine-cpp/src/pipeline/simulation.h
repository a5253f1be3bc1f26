// Sequencer, engine, group commit, journal, snapshots, compaction and recovery on a disk that fails
// in every way, in one thread, by seed: the same seed does the same.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>

#include "journal/simulated_disk.h"
#include "pipeline/committer.h"
#include "pipeline/recovered_engine.h"
#include "pipeline/sequencer.h"
#include "random_stream.h"

namespace outcry {

// The engine broke a promise; what() says which.
class Violation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What is wrong with the engine: nothing, or what the simulation must find out.
enum class Flaw {
  kNone,
  kNoSync,                // fsync does nothing
  kEarlyAnswer,           // answers leave before the sync
  kNoRepair,              // what recovery read is shown before it is synced
  kShortRead,             // a read that fails is taken for the file's end
  kUnsyncedArchive,       // compaction does not sync the archive's files before it unlinks
  kUnsyncedArchiveNames,  // likewise, its directory
  kAnyEndCut,             // recovery cuts the journal where it cannot read on, whatever follows
};

// How often what happened.
struct SimulationCounts {
  std::uint64_t commits = 0;
  std::uint64_t snapshots = 0;
  std::uint64_t snapshots_without_space = 0;
  std::uint64_t compactions = 0;
  std::uint64_t removed_segments = 0;
  std::uint64_t recoveries = 0;
  std::uint64_t recoveries_from_snapshot = 0;
  std::uint64_t power_losses = 0;
  std::uint64_t ends_in_archive = 0;  // of power or program, while something was written there
  std::uint64_t kills = 0;
  std::uint64_t failures = 0;  // of writes, syncs, creations, renames, removals
  std::uint64_t failed_reads = 0;
  std::uint64_t flips = 0;
  std::uint64_t flips_refused = 0;
  std::uint64_t misdirected = 0;  // writes
  std::uint64_t misdirected_refused = 0;
  std::uint64_t misdirected_lost = 0;  // that took groups from the journal's end without a trace
  std::uint64_t misdirected_found_by_verify = 0;
};

// Remembers what it was told, as clients and consumers do.
class Witness final : public Recipient {
 public:
  void deliver(std::span<const Answer> answers, std::span<const Fill> fills) override;
  void flush(Sequence durable_sequence) override;

  // Last of the events that anybody can have seen.
  Sequence seen() const { return seen_; }
  const std::map<ClientOrderId, OrderResult>& placed() const { return placed_; }

 private:
  std::map<ClientOrderId, OrderResult> placed_;
  Sequence seen_ = 0;
};

// Where a frame is.
struct FramePlace {
  std::uint64_t segment = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// Tells the stream what became of its commands, by the frames that are on disk.
class Observer final : public FrameListener {
 public:
  explicit Observer(test::RandomStream& stream) : stream_(stream) {}

  void on_frame(std::span<const std::byte> frame, Sequence first_sequence,
                Sequence last_sequence) override;
  // Nothing after that is there, whatever was seen.
  void set_sequence(Sequence sequence);
  Sequence sequence() const { return sequence_; }
  // By their last sequence.
  const std::map<Sequence, FramePlace>& frames() const { return frames_; }

 private:
  test::RandomStream& stream_;
  Sequence sequence_ = 0;
  std::map<Sequence, FramePlace> frames_;
  Entry entry_;
};

class Simulation {
 public:
  Simulation(std::uint64_t seed, Flaw flaw);
  ~Simulation();

  // Throws Violation; or JournalDamage or MissingJournal, when the engine's own doing led there.
  void run();

  const SimulationCounts& counts() const { return counts_; }

 private:
  enum class End { kPowerLoss, kKill };

  static const EngineSettings kEngine;
  static const JournalSettings kJournal;
  static void require(bool holds, const std::string& otherwise);

  void live();
  void threaten();
  void die(End end);
  void recover();
  void check(const Engine& engine) const;
  void check_files();
  void check_archive();
  void put_together(SimulatedDisk& whole);
  void set_up();
  void observe_journal();
  void step();
  void commit();
  void answer_early();
  void snapshot();
  void compact();
  void flip_bit();
  void judge_flip(const std::string& file, std::uint64_t offset);
  bool is_read_in_full(const std::string& file);
  void live_until_a_write_goes_astray();
  void judge_misdirection();
  void check_loss(const Engine& engine);
  bool is_astray(const FramePlace& frame) const;
  void cut_last_segment();
  void verify_misdirection(const Engine& engine);
  bool one_in(std::uint64_t n) { return random_() % n == 0; }
  void handle(const Command& command) { sequencer_->handle({0, command}, witness_, group_); }

  std::mt19937_64 random_;
  const Flaw flaw_;
  SimulatedDisk disk_;
  SimulatedDisk archive_;  // another directory of the same machine: one power, one program
  test::RandomStream stream_;
  Observer observer_{stream_};
  SimulationCounts counts_;
  Witness witness_;
  std::map<Sequence, std::uint64_t> hashes_;  // of the states at the ends of groups
  Timestamp clock_ = 1'700'000'000'000'000'000;

  // Of one life of the program.
  std::unique_ptr<RecoveredEngine> recovered_;
  std::unique_ptr<SpareSegment> spare_;
  std::unique_ptr<JournalWriter> writer_;
  std::unique_ptr<Committer> committer_;
  std::unique_ptr<Sequencer> sequencer_;
  Group group_;
};

}  // namespace outcry
