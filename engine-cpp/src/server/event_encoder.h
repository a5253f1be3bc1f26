#pragma once

#include <google/protobuf/arena.h>

#include <cstddef>
#include <functional>
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

  // A batch has no more events than this, whatever one command did: no message may grow beyond what
  // a subscriber takes.
  static constexpr int kMostEvents = 1'000;

  // Hands over the frame's events after `after_sequence`, cut into batches; no batch is empty, and
  // none is valid after the call that it is given to. Throws JournalDamage when the frame's entries
  // cannot be read.
  using Take = std::function<void(const engine::v1::EventBatch& batch)>;
  void encode(std::span<const std::byte> frame, Sequence after_sequence, const Take& take);

 private:
  // What of an instrument never changes.
  struct Name {
    Symbol symbol;
    Currency currency;
  };
  class BodyEncoder;

  engine::v1::EventBatch* new_batch();
  const Name& name(InstrumentIndex index) const { return names_.at(index); }
  void learn_from(const Entry& entry, const Event& event);
  void learn(InstrumentIndex index, const InstrumentTerms& terms);

  std::vector<Name> names_;  // by index
  Entry entry_;
  google::protobuf::Arena arena_;  // of the batch that is being made
};

}  // namespace outcry
