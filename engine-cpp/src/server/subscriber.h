#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "journal/cursor.h"
#include "outcry/types.h"

namespace outcry {

// A run of events as the contract has them. Encoded EventBatches that follow one another are, put
// together, one EventBatch.
struct EncodedEvents {
  Sequence first_sequence;
  Sequence last_sequence;
  grpc::Slice bytes;
};

// One subscriber's stream. Only the feed's thread writes, ends and cuts, one write at a time;
// gRPC's threads report back and wake it.
class Subscriber final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  Subscriber(grpc::CallbackServerContext& context, Sequence after_sequence,
             std::function<void()> wake);

  // No write is outstanding, and the stream has not ended.
  bool ready() const { return !writing_ && !ended_ && !broken_; }
  bool ended() const { return ended_; }
  bool over() const;
  // Of the message that went out last, or of the end.
  SteadyTime sent_at() const { return sent_at_; }
  // Last of the events sent.
  Sequence position() const { return position_; }
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
