#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "pipeline/request.h"

namespace outcry {

// From the sessions to the sequencer: bounded, many producers, one consumer. Batches travel by
// pointer and are used again. Thread-safe.
//
// What was handed out is handled before more is: by the taker, until it comes for more, or by the
// handler, which a producer calls himself when he brings little and nothing is being handled. That
// spares a lone command the taker's wake-up.
//
// Order is that of arrival, until more waits than is handed out at once: then a cancel of one order
// passes what others asked for, but nothing that its own recipient asked for before it.
class InputQueue {
 public:
  // Handles batches in their order. Called without the mutex.
  using Handler = std::function<void(std::span<const std::unique_ptr<Batch>>)>;

  // Requests that are handed out at once, unless a batch has more: what comes next waits for them,
  // and they are a millisecond or two of work.
  static constexpr std::size_t kAtOnce = 4'096;

  // Room for `capacity` requests, and beyond them for `cancel_capacity` that only cancels may use.
  // No handler: the taker handles everything.
  InputQueue(std::size_t capacity, std::size_t cancel_capacity, Handler handler = {});

  // An empty batch to fill.
  std::unique_ptr<Batch> blank();

  enum class Refusal { kNone, kFull, kShortOfSpace, kClosed };

  struct Placed {
    Refusal refusal;
    bool stays;  // the producer must call handle_here()
  };

  // Takes the batch's requests. Those for which there is no room are moved to `refused`, in their
  // order; kNone: there are none.
  Placed place(std::unique_ptr<Batch> batch, std::vector<Request>& refused);
  // Calls the handler with what stayed; nothing else is handled until then.
  void handle_here();
  // Both.
  Refusal offer(std::unique_ptr<Batch> batch, std::vector<Request>& refused);

  // Replaces `batches` by what is to be handled next; what was in it becomes blank. Waits so long
  // for something. False: closed, and nothing is left.
  bool take(std::vector<std::unique_ptr<Batch>>& batches, std::chrono::milliseconds patience);

  // While it is, the journal has room for cancels alone: other commands are refused.
  void set_short_of_space(bool is_short);

  // From now on everything is refused.
  void close();

  std::size_t depth() const;
  bool short_of_space() const;

 private:
  // These with the mutex held.
  void queue(std::unique_ptr<Batch> batch);
  void bring_forward(std::unique_ptr<Batch>& batch);
  std::unique_ptr<Batch> blank_locked();
  void hand_out(std::vector<std::unique_ptr<Batch>>& batches);
  void hand_back(std::vector<std::unique_ptr<Batch>>& batches);
  void wake_taker(std::unique_lock<std::mutex>& lock);
  void refuse(Batch& batch, std::vector<Request>& refused);
  bool has_room(const Request& request, std::size_t depth) const;

  const std::size_t capacity_;
  const std::size_t cancel_capacity_;
  const Handler handler_;
  std::vector<std::unique_ptr<Batch>> here_;  // of the producer who handles

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  // All below: guarded by mutex_.
  std::vector<std::unique_ptr<Batch>> ahead_;  // cancels that go first
  std::vector<std::unique_ptr<Batch>> waiting_;
  std::vector<std::unique_ptr<Batch>> blank_;
  std::size_t depth_ = 0;     // requests in ahead_ and waiting_
  std::uint64_t queued_ = 0;  // batches that ever were in waiting_
  // What was handed out last: one of them at most.
  bool taker_handles_ = false;
  bool producer_handles_ = false;
  bool taker_waits_ = false;
  bool short_of_space_ = false;
  bool closed_ = false;
};

}  // namespace outcry
