#include "checked_engine.h"

#include <gtest/gtest.h>

#include "memory_snapshot.h"

namespace outcry::test {

CheckedEngine::CheckedEngine(const EngineSettings& settings, Rhythm rhythm)
    : settings_(settings),
      rhythm_(rhythm),
      engine_(settings),
      applied_(settings),
      reloaded_(settings) {}

Outcome CheckedEngine::execute(const Command& command, Timestamp now, std::vector<Event>& events) {
  ++commands_;
  const RejectCode refusal = engine_.refusal(command, now);
  EXPECT_EQ(reloaded_.refusal(command, now), refusal) << "a reloaded engine decided otherwise";
  if (refusal != RejectCode::kNone) return Rejection{refusal};
  const Sequence first = engine_.last_sequence() + 1;
  const std::size_t before = events.size();
  const Outcome outcome = engine_.execute(command, now, events);
  const std::span<const Event> caused = std::span<const Event>(events).subspan(before);
  EXPECT_EQ(engine_.last_sequence() + 1, first + caused.size());
  if (!caused.empty()) applied_.apply(command, now, first, caused);

  reloaded_events_.clear();
  reloaded_.execute(command, now, reloaded_events_);
  EXPECT_TRUE(std::ranges::equal(caused, reloaded_events_))
      << "a reloaded engine decided otherwise";

  if (commands_ % rhythm_.invariants_every == 0) engine_.check_invariants();
  if (commands_ % rhythm_.hash_every == 0) {
    const std::uint64_t hash = engine_.state_hash();
    EXPECT_EQ(applied_.state_hash(), hash) << "applying the events gave another state";
    EXPECT_EQ(reloaded_.state_hash(), hash) << "a reloaded engine has another state";
  }
  if (commands_ % rhythm_.reload_every == 0) reload();
  return outcome;
}

void CheckedEngine::reload() {
  MemorySnapshot snapshot;
  engine_.save(snapshot);
  reloaded_ = Engine::load(snapshot, settings_);
  EXPECT_TRUE(snapshot.read_to_the_end());
  reloaded_.check_invariants();
  EXPECT_EQ(reloaded_.state_hash(), engine_.state_hash()) << "a snapshot lost something";
}

}  // namespace outcry::test
