#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "journal/cursor.h"
#include "outcry/types.h"
#include "server/recent_events.h"

namespace outcry {

// One subscriber's stream. Only the feed's thread writes, ends and cuts, one write at a time;
// gRPC's threads report back and wake it.
class Subscriber final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // Has seen the event `after_sequence`, whose time was `after_time`; 0: does not say.
  Subscriber(grpc::CallbackServerContext& context, Sequence after_sequence, Timestamp after_time,
             std::function<void()> wake);

  // No write is outstanding, and the stream has not ended.
  bool ready() const { return !writing_ && !ended_ && !broken_; }
  bool ended() const { return ended_; }
  bool over() const;
  // Of the message that went out last, or of the end.
  SteadyTime sent_at() const { return sent_at_; }
  // Last of the events sent.
  Sequence position() const { return position_; }
  // Time of the event that it had seen when it came, by its word; 0: it did not say, or that was
  // taken before.
  Timestamp take_after_time() { return std::exchange(after_time_, 0); }
  // Reads on from position(), for what is no longer in memory.
  std::optional<JournalCursor>& cursor() { return cursor_; }
  // What the cursor has read and was not sent yet, from position() on: one command may have caused
  // more than a message carries.
  std::deque<EncodedEvents>& read() { return read_; }

  void send(grpc::ByteBuffer message, Sequence last_sequence, SteadyTime now);

  // Ends the stream. The subscriber is told when it has taken the message that is on its way.
  void end(const grpc::Status& status, SteadyTime now);
  // Ends a stream that broke.
  void settle(SteadyTime now);
  // Ends it at once, whatever the subscriber has taken.
  void cut();

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  grpc::CallbackServerContext& context_;
  const std::function<void()> wake_;

  // Of the feed's thread alone.
  Sequence position_;
  Timestamp after_time_;
  std::optional<JournalCursor> cursor_;
  std::deque<EncodedEvents> read_;
  grpc::ByteBuffer message_;
  SteadyTime sent_at_;
  bool ended_ = false;

  std::atomic<bool> writing_ = false;
  std::atomic<bool> broken_ = false;
  mutable std::mutex mutex_;
  bool done_ = false;  // guarded by mutex_; while it is false and the mutex held, context_ lives
};

}  // namespace outcry
