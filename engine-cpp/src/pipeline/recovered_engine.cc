#include "pipeline/recovered_engine.h"

#include <algorithm>
#include <utility>

#include "journal/head.h"

namespace outcry {
namespace {

// Of a journal whose beginning was removed, what is left is of no use without a snapshot that
// reaches it.
void check_reaches_head(const LoadedEngine& loaded, const ChainPosition& head) {
  const Sequence sequence = loaded.position.position.sequence;
  if (sequence >= head.sequence) return;
  std::string reason =
      "the events before sequence " + std::to_string(head.sequence + 1) + " were removed, and ";
  reason += sequence == 0 ? "there is no good snapshot of them"
                          : "the newest good snapshot is of sequence " + std::to_string(sequence);
  for (const std::string& bad : loaded.passed_over)
    reason += "; " + bad;
  throw JournalDamage(segment_name(head.segment), 0, sequence + 1, reason);
}

LoadedEngine load_newest_good(Disk& disk, const EngineSettings& settings,
                              const std::stop_token& stop) {
  std::vector<std::string> passed_over;
  std::vector<Sequence> newest_first = list_snapshots(disk);
  std::ranges::reverse(newest_first);
  for (const Sequence sequence : newest_first) {
    try {
      const SnapshotHeader header = check_snapshot(disk, sequence, identity_of(settings), stop);
      return {load_snapshot(disk, sequence, settings, stop), header.position(),
              std::move(passed_over)};
    } catch (const JournalDamage& damage) {
      passed_over.emplace_back(damage.what());
    } catch (const SnapshotError& error) {
      passed_over.push_back(snapshot_name(sequence) + ": " + error.what());
    }
  }
  return {Engine(settings), {}, std::move(passed_over)};
}

RecoveredEngine recover_once(Disk& disk, const EngineSettings& settings) {
  LoadedEngine loaded = load_newest_snapshot(disk, settings);
  RecoveredEngine recovered{std::move(loaded.engine),
                            {},
                            loaded.position,
                            loaded.position.position.sequence,
                            std::move(loaded.passed_over)};
  Engine& engine = recovered.engine;
  JournalTail& last = recovered.position;
  recovered.scan =
      scan_journal(disk, identity_of(settings),
                   [&engine](Sequence first, const Entry& entry) {
                     engine.apply(entry.command, entry.time, first, entry.events);
                   },
                   {.after = loaded.position,
                    .at_frame_end = [&last](const JournalTail& position) { last = position; }});
  return recovered;
}

}  // namespace

JournalIdentity identity_of(const EngineSettings& settings) {
  return {settings.engine_group, settings.client_order_id_window};
}

Engine load_snapshot(Disk& disk, Sequence sequence, const EngineSettings& settings,
                     const std::stop_token& stop) {
  SnapshotFileReader reader(disk, sequence, stop);
  return Engine::load(reader, settings);
}

LoadedEngine load_newest_snapshot(Disk& disk, const EngineSettings& settings,
                                  const std::stop_token& stop) {
  LoadedEngine loaded = load_newest_good(disk, settings, stop);
  check_reaches_head(loaded, read_head(disk, identity_of(settings)));
  return loaded;
}

RecoveredEngine recover_engine(Disk& disk, const EngineSettings& settings) {
  return read_from_head(disk, identity_of(settings), [&] { return recover_once(disk, settings); });
}

}  // namespace outcry
