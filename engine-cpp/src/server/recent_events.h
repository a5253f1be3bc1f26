#pragma once

#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <deque>
#include <optional>

#include "outcry/engine/v1/engine.pb.h"
#include "outcry/types.h"

namespace outcry {

// A run of events as the contract has them. Encoded EventBatches that follow one another are, put
// together, one EventBatch.
struct EncodedEvents {
  Sequence first_sequence;
  Sequence last_sequence;
  grpc::Slice bytes;
};

// The batch must hold events, and nothing else.
EncodedEvents encoded(const engine::v1::EventBatch& batch);

// The newest durable events, encoded, up to so many bytes. Single thread.
class RecentEvents {
 public:
  explicit RecentEvents(std::size_t capacity_bytes) : capacity_bytes_(capacity_bytes) {}

  // Right behind those that are there; lets go of the oldest for them.
  void add(const engine::v1::EventBatch& batch);

  const std::deque<EncodedEvents>& runs() const { return runs_; }
  // Index in runs() of the one that begins right after that sequence; runs().size(): there is none.
  std::size_t find(Sequence after_sequence) const;
  // Engine time of that event; nothing: it is not here.
  std::optional<Timestamp> time_of(Sequence sequence) const;

 private:
  const std::size_t capacity_bytes_;
  std::deque<EncodedEvents> runs_;
  std::size_t bytes_ = 0;
};

}  // namespace outcry
