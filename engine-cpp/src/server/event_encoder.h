#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/engine.h"
#include "journal/entry.h"
#include "outcry/engine/v1/engine.pb.h"

namespace outcry {

// Writes the events of durable frames as the contract has them. Events name instruments by index,
// so it must be shown every frame that defines one, or start with an engine that knows it. Single
// thread.
class EventEncoder {
 public:
  // For a reader who begins with the journal.
  EventEncoder() = default;
  explicit EventEncoder(const Engine& engine);

  // Writes one event of an entry into an empty message.
  void encode(const Entry& entry, const Event& event, Sequence sequence,
              engine::v1::Event& message);

  // Appends the frame's events after `after_sequence`. Throws JournalDamage when the frame's
  // entries cannot be read.
  void encode(std::span<const std::byte> frame, Sequence after_sequence,
              engine::v1::EventBatch& batch);

 private:
  // What of an instrument never changes.
  struct Name {
    Symbol symbol;
    Currency currency;
  };
  class BodyEncoder;

  const Name& name(InstrumentIndex index) const { return names_.at(index); }
  void learn_from(const Entry& entry, const Event& event);
  void learn(InstrumentIndex index, const InstrumentTerms& terms);

  std::vector<Name> names_;  // by index
  Entry entry_;
};

}  // namespace outcry
