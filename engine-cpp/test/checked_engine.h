#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/engine.h"

namespace outcry::test {

// An engine beside which two more run: one that applies the events, as recovery does, and one that
// was loaded from a snapshot and goes on. All must agree, and all invariants hold, after every
// command; what does not is a GoogleTest failure.
class CheckedEngine {
 public:
  struct Rhythm {
    std::size_t hash_every = 1;        // commands
    std::size_t reload_every = 1;      // commands
    std::size_t invariants_every = 1;  // commands
  };

  CheckedEngine(const EngineSettings& settings, Rhythm rhythm);

  // As the sequencer does: what is refused is not executed.
  Outcome execute(const Command& command, Timestamp now, std::vector<Event>& events);
  const Engine& engine() const { return engine_; }

 private:
  void reload();

  const EngineSettings settings_;
  const Rhythm rhythm_;
  Engine engine_;
  Engine applied_;
  Engine reloaded_;
  std::size_t commands_ = 0;
  std::vector<Event> reloaded_events_;
};

}  // namespace outcry::test
