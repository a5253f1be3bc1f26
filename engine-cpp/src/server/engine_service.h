#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "outcry/engine/v1/engine.grpc.pb.h"
#include "pipeline/input_queue.h"
#include "server/command_log.h"
#include "server/feed.h"
#include "server/session.h"

namespace outcry {

// The contract's service: opens sessions and subscriptions, and keeps the sessions. Thread-safe.
//
// Subscribe is raw: its messages are put together from encoded parts.
class EngineService final
    : public engine::v1::Engine::WithCallbackMethod_Session<
          engine::v1::Engine::WithRawCallbackMethod_Subscribe<engine::v1::Engine::Service>> {
 public:
  // `client_names`: if any, whose certificate has none of them is refused.
  EngineService(const SessionSettings& settings, std::vector<std::string> client_names,
                InputQueue& input, Feed& feed);

  grpc::ServerBidiReactor<engine::v1::CommandBatch, engine::v1::ResultBatch>* Session(
      grpc::CallbackServerContext* context) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* Subscribe(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request) override;

  // Heartbeats, silence, and forgetting the sessions that are over: a few times a second.
  void keep_house();

  std::size_t sessions() const;
  // How many commands there was no room for.
  std::uint64_t refused() const { return log_.without_room(); }

  // Ends every session once what it was accepted for is answered.
  void drain();

 private:
  using Sessions = std::vector<std::shared_ptr<outcry::Session>>;

  bool admits(const grpc::CallbackServerContext& context) const;
  Sessions open_sessions();

  const SessionSettings settings_;
  const std::vector<std::string> client_names_;
  InputQueue& input_;
  Feed& feed_;
  CommandLog log_;
  mutable std::mutex mutex_;
  Sessions sessions_;  // guarded by mutex_
};

}  // namespace outcry
