#include "pipeline/simulation.h"

#include <algorithm>
#include <cerrno>
#include <vector>

#include "journal/compaction.h"
#include "journal/cursor.h"
#include "journal/damage.h"
#include "journal/head.h"
#include "pipeline/snapshot.h"
#include "pipeline/verification.h"

namespace outcry {
namespace {

constexpr int kLives = 6;
constexpr std::uint64_t kMostOperations = 80;  // of the disk, in one life
constexpr std::uint64_t kMostReads = 80;       // likewise
constexpr std::uint64_t kMostArchived = 16;    // operations of the archive, likewise
constexpr std::uint64_t kMostCommands = 20;    // in a group
constexpr test::RandomStream::Size kVenue{.symbols = 2, .accounts = 4};
constexpr Timestamp kLongestStep = 100'000;  // so that no client order id is forgotten

}  // namespace

const EngineSettings Simulation::kEngine{
    .expected_accounts = 16, .expected_open_orders = 64, .expected_client_order_ids = 64};
const JournalSettings Simulation::kJournal{identity_of(kEngine), 4'096};

void Simulation::require(bool holds, const std::string& otherwise) {
  if (!holds) throw Violation(otherwise);
}

void Witness::deliver(std::span<const Answer> answers, std::span<const Fill>) {
  for (const Answer& answer : answers) {
    const auto* result = std::get_if<OrderResult>(&answer.reply);
    if (result == nullptr || result->order.terms.client_order_id.empty()) continue;
    placed_.emplace(result->order.terms.client_order_id, *result);
  }
}

void Witness::flush(Sequence durable_sequence) {
  seen_ = std::max(seen_, durable_sequence);
}

void Observer::on_frame(std::span<const std::byte> frame, Sequence, Sequence last_sequence) {
  const FrameHeader header = check_frame_header(frame).header;
  const FramePlace before = frames_.empty() ? FramePlace() : frames_.rbegin()->second;
  const std::uint64_t begin = before.segment == header.segment ? before.end : sizeof(SegmentHeader);
  frames_[last_sequence] = {header.segment, begin, begin + frame.size()};
  std::span<const std::byte> body = frame_body(frame, header);
  while (!body.empty()) {
    body = body.subspan(decode_entry(body, entry_));
    stream_.observe(entry_.command, entry_.events);
  }
  sequence_ = last_sequence;
}

void Observer::set_sequence(Sequence sequence) {
  sequence_ = sequence;
  frames_.erase(frames_.upper_bound(sequence), frames_.end());
}

Simulation::Simulation(std::uint64_t seed, Flaw flaw)
    : random_(seed),
      flaw_(flaw),
      disk_(random_()),
      archive_(random_()),
      stream_(random_(), kVenue) {
  create_journal(disk_, kJournal);
  if (flaw_ == Flaw::kNoSync) disk_.ignore_syncs();
  if (flaw_ == Flaw::kShortRead) disk_.end_files_at_failed_reads();
  if (flaw_ == Flaw::kUnsyncedArchive) archive_.ignore_file_syncs();
  if (flaw_ == Flaw::kUnsyncedArchiveNames) archive_.ignore_directory_syncs();
}

Simulation::~Simulation() = default;

void Simulation::run() {
  for (int i = 0; i < kLives; ++i) {
    live();
    check_archive();
    if (one_in(3)) flip_bit();
  }
  recover();
  check_files();
  live_until_a_write_goes_astray();
}

// From one start of the program to its end.
void Simulation::live() {
  const End end = one_in(3) ? End::kKill : End::kPowerLoss;
  threaten();
  const std::uint64_t failed_reads = disk_.failed_reads();
  try {
    recover();
    while (true)
      step();
  } catch (const PowerLoss&) {
  } catch (const DiskError&) {
    // The engine ends at once; the machine may, too.
    ++(disk_.failed_reads() != failed_reads ? counts_.failed_reads : counts_.failures);
  } catch (const JournalDamage&) {
    // A snapshot or compaction came upon what went astray.
    if (!disk_.has_misdirected()) throw;
  } catch (const ConsumerAhead&) {
    // Likewise: the journal ends before what everybody saw.
    if (!disk_.has_misdirected()) throw;
  }
  die(end);
}

// What will end this life.
void Simulation::threaten() {
  const std::uint64_t operations = random_() % kMostOperations;
  const int cause = one_in(2) ? EIO : ENOSPC;
  if (one_in(5)) {
    disk_.fail_after(operations, cause);
  } else {
    disk_.lose_power_after(operations);
  }
  const std::uint64_t reads = random_() % kMostReads;
  if (one_in(4)) disk_.fail_read_after(reads, one_in(2) ? EIO : EMFILE);
  const std::uint64_t archived = random_() % kMostArchived;
  if (one_in(4)) {
    archive_.fail_after(archived, cause);
  } else if (one_in(2)) {
    archive_.lose_power_after(archived);
  }
}

void Simulation::die(End end) {
  disk_.set_free_bytes(SimulatedDisk::kPlenty);
  counts_.ends_in_archive = archive_.power_losses();
  if (end == End::kKill) {
    ++counts_.kills;
    disk_.restart_program();
    archive_.restart_program();
  } else {
    ++counts_.power_losses;
    disk_.restart();
    archive_.restart();
  }
}

void Simulation::recover() {
  recovered_ = std::make_unique<RecoveredEngine>(recover_engine(disk_, kEngine));
  if (flaw_ != Flaw::kNoRepair) repair_journal(disk_, recovered_->scan);
  ++counts_.recoveries;
  if (recovered_->snapshot != 0) ++counts_.recoveries_from_snapshot;
  Engine& engine = recovered_->engine;
  engine.check_invariants();
  require(recovered_->passed_over.empty(), "a snapshot is not good");
  check(engine);
  // Consumers may see it from now on.
  witness_.flush(engine.last_sequence());
  observe_journal();
  hashes_.erase(hashes_.upper_bound(engine.last_sequence()), hashes_.end());
  spare_ = std::make_unique<SpareSegment>(disk_, kJournal.segment_bytes);
  writer_ = std::make_unique<JournalWriter>(disk_, kJournal, *spare_, recovered_->scan.tail);
  committer_ = std::make_unique<Committer>(*writer_, observer_);
  sequencer_ = std::make_unique<Sequencer>(engine);
  sequencer_->set_clock(clock_);
  group_.clear();
  sequencer_->begin(group_);
  if (engine.last_sequence() == 0) set_up();
}

// What was written when the program ended, and nobody was told.
void Simulation::observe_journal() {
  const Sequence last = recovered_->engine.last_sequence();
  if (observer_.sequence() < last) {
    JournalCursor cursor(disk_, observer_.sequence());
    while (cursor.sequence() < last) {
      const std::span<const std::byte> frame = cursor.next();
      observer_.on_frame(frame, 0, cursor.sequence());
    }
  }
  observer_.set_sequence(last);
}

// Nothing that anybody was told is missing or otherwise, and nothing is there in part.
void Simulation::check(const Engine& engine) const {
  const Sequence sequence = engine.last_sequence();
  require(sequence >= witness_.seen(), "events that were seen are lost");
  if (sequence != 0) {
    const auto hash = hashes_.find(sequence);
    require(hash != hashes_.end(), "a group in part");
    require(engine.state_hash() == hash->second, "another state");
  }
  for (const auto& [id, told] : witness_.placed()) {
    const auto order = engine.order(told.order.terms.account_id, id);
    require(order.has_value(), "an acknowledged order is lost");
    require(order->order_id == told.order.order_id, "an order was executed twice");
    require(order->filled_quantity >= told.order.filled_quantity, "a fill is lost");
  }
}

void Simulation::check_files() {
  const std::uint64_t state = recovered_->engine.state_hash();
  require(verify_journal(disk_, kEngine).state_hash == state, "verify finds another state");
  SimulatedDisk whole(0);
  put_together(whole);
  require(verify_journal(whole, kEngine).state_hash == state, "the archive is of another journal");
}

// Of what the journal no longer needs the archive has every segment, as it was to the last byte;
// and what there has a segment's name is one, though compaction never got to the end.
void Simulation::check_archive() {
  for (const std::uint64_t segment : list_segments(archive_)) {
    const std::string name = segment_name(segment);
    require(!disk_.has(name) || archive_.content(name) == disk_.content(name),
            "an archived segment is not what the journal has");
  }
  SimulatedDisk whole(0);
  put_together(whole);
  scan_journal(whole, kJournal.identity, [](Sequence, const Entry&) {});
}

// The archive's segments, and from the head on the journal's.
void Simulation::put_together(SimulatedDisk& whole) {
  const std::uint64_t head = read_head(disk_, kJournal.identity).segment;
  const auto copy = [&whole](SimulatedDisk& from, std::uint64_t segment) {
    const std::string name = segment_name(segment);
    whole.create(name)->write(0, from.content(name));
  };
  for (const std::uint64_t segment : list_segments(archive_)) {
    if (segment < head) copy(archive_, segment);
  }
  for (const std::uint64_t segment : list_segments(disk_)) {
    if (segment >= head) copy(disk_, segment);
  }
}

void Simulation::set_up() {
  for (const Command& command : stream_.opening())
    handle(command);
  commit();
}

void Simulation::step() {
  for (std::uint64_t i = 1 + random_() % kMostCommands; i != 0; --i) {
    // A clock goes back now and then.
    clock_ += std::min(stream_.step(), kLongestStep);
    sequencer_->set_clock(clock_ - (one_in(5) ? 3'000 : 0));
    handle(stream_.next());
  }
  commit();
  if (one_in(8)) snapshot();
  if (one_in(10)) compact();
}

void Simulation::commit() {
  const Engine& engine = recovered_->engine;
  hashes_[engine.last_sequence()] = engine.state_hash();
  if (flaw_ == Flaw::kEarlyAnswer) answer_early();
  committer_->write(group_);
  committer_->publish(group_);
  sequencer_->begin(group_);
  ++counts_.commits;
}

void Simulation::answer_early() {
  witness_.deliver(group_.answers, group_.fills);
  witness_.flush(recovered_->engine.last_sequence());
}

void Simulation::snapshot() {
  const bool is_full = one_in(5);
  if (is_full) disk_.set_free_bytes(100);
  try {
    counts_.snapshots +=
        take_snapshot(disk_, kEngine, writer_->position().sequence).sequence != 0 ? 1 : 0;
  } catch (const DiskError& failure) {
    if (!is_full || failure.cause() != ENOSPC) throw;
    ++counts_.snapshots_without_space;
  }
  disk_.set_free_bytes(SimulatedDisk::kPlenty);
}

void Simulation::compact() {
  try {
    counts_.removed_segments +=
        compact_journal(disk_, kJournal.identity, writer_->position().sequence, &archive_).removed;
    ++counts_.compactions;
  } catch (const CannotCompact&) {
    require(list_snapshots(disk_).size() < kSnapshotsKept, "cannot compact");
  }
}

}  // namespace outcry
