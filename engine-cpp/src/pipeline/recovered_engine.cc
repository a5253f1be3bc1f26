#include "pipeline/recovered_engine.h"

#include <algorithm>
#include <utility>

namespace outcry {

JournalIdentity identity_of(const EngineSettings& settings) {
  return {settings.engine_group, settings.client_order_id_window};
}

Engine load_snapshot(Disk& disk, Sequence sequence, const EngineSettings& settings) {
  SnapshotFileReader reader(disk, sequence);
  return Engine::load(reader, settings);
}

LoadedEngine load_newest_snapshot(Disk& disk, const EngineSettings& settings) {
  std::vector<std::string> passed_over;
  std::vector<Sequence> newest_first = list_snapshots(disk);
  std::ranges::reverse(newest_first);
  for (const Sequence sequence : newest_first) {
    try {
      const SnapshotHeader header = check_snapshot(disk, sequence, identity_of(settings));
      return {load_snapshot(disk, sequence, settings), header.position(), std::move(passed_over)};
    } catch (const JournalDamage& damage) {
      passed_over.emplace_back(damage.what());
    } catch (const SnapshotError& error) {
      passed_over.push_back(snapshot_name(sequence) + ": " + error.what());
    }
  }
  return {Engine(settings), {}, std::move(passed_over)};
}

RecoveredEngine recover_engine(Disk& disk, const EngineSettings& settings) {
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

}  // namespace outcry
