#include "server/recent_events.h"

#include <algorithm>
#include <utility>

#include "outcry/assert.h"

namespace outcry {

namespace pb = engine::v1;

EncodedEvents encoded(const pb::EventBatch& batch) {
  const std::size_t size = batch.ByteSizeLong();
  grpc::Slice slice(grpc_slice_malloc(size), grpc::Slice::STEAL_REF);
  batch.SerializeWithCachedSizesToArray(const_cast<std::uint8_t*>(slice.begin()));
  return {batch.events().begin()->sequence(), batch.events().rbegin()->sequence(),
          std::move(slice)};
}

void RecentEvents::add(const pb::EventBatch& batch) {
  runs_.push_back(encoded(batch));
  bytes_ += runs_.back().bytes.size();
  while (bytes_ > capacity_bytes_ && runs_.size() > 1) {
    bytes_ -= runs_.front().bytes.size();
    runs_.pop_front();
  }
}

std::size_t RecentEvents::find(Sequence after_sequence) const {
  const auto found =
      std::ranges::lower_bound(runs_, after_sequence + 1, {}, &EncodedEvents::first_sequence);
  if (found == runs_.end() || found->first_sequence != after_sequence + 1) return runs_.size();
  return static_cast<std::size_t>(found - runs_.begin());
}

std::optional<Timestamp> RecentEvents::time_of(Sequence sequence) const {
  const auto found = std::ranges::lower_bound(runs_, sequence, {}, &EncodedEvents::last_sequence);
  if (found == runs_.end() || found->first_sequence > sequence) return std::nullopt;
  pb::EventBatch batch;
  const int size = static_cast<int>(found->bytes.size());
  OUTCRY_ASSERT(batch.ParseFromArray(found->bytes.begin(), size));
  return batch.events(static_cast<int>(sequence - found->first_sequence)).time();
}

}  // namespace outcry
