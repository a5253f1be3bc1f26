#include <cstring>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "journal/damage.h"
#include "journal/simulated_disk.h"
#include "journal/snapshot_file.h"
#include "memory_snapshot.h"
#include "outcry/assert.h"
#include "targets.h"

namespace outcry::fuzz {
namespace {

EngineSettings small() {
  return {.expected_accounts = 16, .expected_open_orders = 16, .expected_client_order_ids = 16};
}

// A state that is accepted is one that an engine can have: all its invariants hold, and it is saved
// and loaded again as it is.
void load(Bytes bytes) {
  test::MemorySnapshot snapshot;
  snapshot.bytes().assign(bytes.begin(), bytes.end());
  try {
    const Engine engine = Engine::load(snapshot, small());
    engine.check_invariants();
    test::MemorySnapshot saved;
    engine.save(saved);
    const Engine again = Engine::load(saved, small());
    const bool same = again.state_hash() == engine.state_hash();
    OUTCRY_ASSERT(same);
  } catch (const SnapshotError&) {
    // Refused, which is what such bytes are for.
  }
}

void read_file(Bytes bytes) {
  SimulatedDisk disk(1);
  const std::string name = snapshot_name(1);
  disk.create(name);
  disk.content(name).assign(bytes.begin(), bytes.end());
  try {
    (void)check_snapshot(disk, 1, {0, small().client_order_id_window});
  } catch (const JournalDamage&) {
    // The same.
  }
}

}  // namespace

void fuzz_snapshot(Bytes bytes) {
  load(bytes);
  read_file(bytes);
}

}  // namespace outcry::fuzz
