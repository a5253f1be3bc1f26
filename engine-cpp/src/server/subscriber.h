#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>

#include "journal/cursor.h"
#include "outcry/types.h"

namespace outcry {

// One subscriber's stream. Only the feed's thread writes, finishes and cancels, one write at a
// time; gRPC's threads report back and wake it.
class Subscriber final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  Subscriber(grpc::CallbackServerContext& context, Sequence after_sequence,
             std::function<void()> wake);

  // No write is outstanding, and the stream has not ended.
  bool ready() const { return !writing_ && !finished_ && !broken_; }
  bool over() const { return done_; }
  // Of the message that went out last.
  SteadyTime sent_at() const { return sent_at_; }
  // Last of the events sent.
  Sequence position() const { return position_; }
  // Reads on from position(), for what is no longer in memory.
  std::optional<JournalCursor>& cursor() { return cursor_; }

  void send(grpc::ByteBuffer message, Sequence last_sequence, SteadyTime now);

  // Ends the stream, or cuts it when it has not taken its last message since `cut_before`.
  void end(const grpc::Status& status, SteadyTime cut_before);
  // Ends a stream that broke.
  void settle();

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  grpc::CallbackServerContext& context_;
  const std::function<void()> wake_;

  // Of the feed's thread alone.
  Sequence position_;
  std::optional<JournalCursor> cursor_;
  grpc::ByteBuffer message_;
  SteadyTime sent_at_;
  bool finished_ = false;

  std::atomic<bool> writing_ = false;
  std::atomic<bool> broken_ = false;
  std::atomic<bool> done_ = false;
};

}  // namespace outcry
