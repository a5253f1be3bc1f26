#pragma once

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "outcry/engine/v1/engine.grpc.pb.h"
#include "pipeline/answer.h"
#include "pipeline/input_queue.h"
#include "server/command_log.h"
#include "server/outbox.h"
#include "server/reused.h"

namespace outcry {

using SteadyTime = std::chrono::steady_clock::time_point;

struct SessionSettings {
  std::uint32_t engine_group = 0;
  std::uint32_t window = 16'384;  // unanswered commands
  // Beyond it an eighth as many cancels are taken.
  std::uint32_t cancel_window() const { return window + std::max(window / 8, 1U); }

  std::chrono::milliseconds heartbeat{500};
  std::chrono::milliseconds silence{2'000};
};

// One client's stream of commands and results. gRPC's threads bring commands, the committer brings
// answers, the server's housekeeping thread calls the rest; what they share is under one mutex. One
// read and one write are outstanding at most, and results that come meanwhile gather.
class Session final
    : public grpc::ServerBidiReactor<engine::v1::CommandBatch, engine::v1::ResultBatch>,
      public Recipient {
 public:
  Session(const SessionSettings& settings, InputQueue& input, CommandLog& log,
          Sequence durable_sequence);

  // Sends a heartbeat when one is due; ends the stream when the client has been silent too long.
  void keep_alive(SteadyTime now);

  // The engine is stopping: ends the stream once all that was accepted is answered.
  void drain();

  // Nobody refers to it any more.
  bool over() const;

  void deliver(std::span<const Answer> answers, std::span<const Fill> fills) override;
  void flush(Sequence durable_sequence) override;

  // Must not throw: gRPC would swallow it, and a command that stays here would stay for ever.
  void OnReadDone(bool ok) noexcept override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // What to do after the mutex is released.
  enum class Next { kNothing, kWrite, kFinish };

  // How many commands the window has room for.
  struct Room {
    std::size_t orders;
    std::size_t cancels;  // in all, orders included
  };

  // What was read; otherwise the session is to end.
  bool fits();
  // True: input_.handle_here() must follow.
  bool take_commands();
  Room reserve(std::size_t wanted);
  bool submit(std::unique_ptr<Batch> batch);
  Next next_locked();
  bool read_locked();
  void proceed(Next next);
  void log_refused(InputQueue::Refusal refusal);
  void end();
  grpc::Status end_status_locked() const;

  const SessionSettings settings_;
  InputQueue& input_;
  CommandLog& log_;
  const std::uint64_t number_;  // in the log

  // Of the reading callback alone.
  Reused<engine::v1::CommandBatch> incoming_;
  std::vector<Request> refused_;

  mutable std::mutex mutex_;
  // All below: guarded by mutex_; outbox_.taken() belongs to gRPC while writing_.
  Outbox outbox_;
  std::size_t in_pipeline_ = 0;  // requests accepted and not answered
  std::size_t delivered_ = 0;    // of them: since the last flush
  Sequence durable_sequence_;
  SteadyTime last_heard_;
  SteadyTime last_sent_;
  bool hello_due_ = true;
  bool heartbeat_due_ = false;
  bool reading_ = true;
  bool reads_over_ = false;
  bool writing_ = false;
  bool draining_ = false;
  bool silent_ = false;
  bool oversized_ = false;
  bool broken_ = false;  // nothing can or need be sent
  bool finished_ = false;
  std::string last_trace_id_;  // of the last command that came
  bool done_ = false;
};

}  // namespace outcry
