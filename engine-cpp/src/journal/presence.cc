#include "journal/presence.h"

#include <algorithm>
#include <string>
#include <vector>

#include "journal/damage.h"
#include "journal/head.h"
#include "journal/segment.h"
#include "journal/snapshot_file.h"

namespace outcry {

bool journal_exists(Disk& disk) {
  if (!list_segments(disk).empty()) return true;
  const auto orphaned = [](const std::string& file) {
    throw JournalDamage(file, 0, 1, "the segments of the journal that it is of are missing");
  };
  const std::vector<Sequence> snapshots = list_snapshots(disk);
  if (!snapshots.empty()) orphaned(snapshot_name(snapshots.back()));
  const std::vector<std::string> names = disk.list();
  if (std::ranges::find(names, kHeadName) != names.end()) orphaned(kHeadName);
  return false;
}

}  // namespace outcry
