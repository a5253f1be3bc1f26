#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "pipeline/request.h"

namespace outcry {

// From the sessions to the sequencer: bounded, many producers, one consumer. Batches travel by
// pointer and are used again. Thread-safe.
class InputQueue {
 public:
  // Room for `capacity` requests, and beyond them for `cancel_capacity` that only cancels may use.
  InputQueue(std::size_t capacity, std::size_t cancel_capacity);

  // An empty batch to fill.
  std::unique_ptr<Batch> blank();

  enum class Refusal { kNone, kFull, kShortOfSpace, kClosed };

  // Takes the batch's requests. Those for which there is no room are moved to `refused`, in their
  // order; kNone: there are none.
  Refusal offer(std::unique_ptr<Batch> batch, std::vector<Request>& refused);

  // Replaces `batches` by all that wait, in the order of arrival; what was in it becomes blank.
  // Waits for something until the deadline. False: closed, and nothing is left.
  bool take(std::vector<std::unique_ptr<Batch>>& batches,
            std::chrono::steady_clock::time_point deadline);

  // While it is, the journal has room for cancels alone: other commands are refused.
  void set_short_of_space(bool is_short);

  // From now on everything is refused.
  void close();

  std::size_t depth() const;
  bool short_of_space() const;
  // How many requests were refused so far.
  std::uint64_t refused() const;

 private:
  void refuse(Batch& batch, std::vector<Request>& refused);
  bool has_room(const Request& request, std::size_t depth) const;

  const std::size_t capacity_;
  const std::size_t cancel_capacity_;

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  // All below: guarded by mutex_.
  std::vector<std::unique_ptr<Batch>> waiting_;
  std::vector<std::unique_ptr<Batch>> blank_;
  std::size_t depth_ = 0;  // requests in waiting_
  std::uint64_t refused_ = 0;
  bool taker_waits_ = false;
  bool short_of_space_ = false;
  bool closed_ = false;
};

}  // namespace outcry
