#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "outcry/command.h"
#include "outcry/engine/v1/engine.grpc.pb.h"

namespace outcry::bench {

// A session of one command at a time, by gRPC's synchronous calls: whoever asks waits for the
// answer himself, and no other thread has a part in it. Single thread.
class LoneClient {
 public:
  explicit LoneClient(const std::string& address);
  ~LoneClient();
  LoneClient(const LoneClient&) = delete;
  LoneClient& operator=(const LoneClient&) = delete;

  // Sends it and waits for its result. Throws std::runtime_error when it was rejected.
  void ask(const Command& command);

 private:
  grpc::ClientContext context_;
  std::unique_ptr<engine::v1::Engine::Stub> stub_;
  std::unique_ptr<grpc::ClientReaderWriter<engine::v1::CommandBatch, engine::v1::ResultBatch>>
      stream_;
};

}  // namespace outcry::bench
