#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "outcry/command.h"
#include "outcry/engine/v1/engine.grpc.pb.h"

namespace outcry::bench {

// A session of one command at a time. Whoever asks looks for the answer himself until it is there,
// as a client does that cannot wait until it is woken: no other thread has a part in it, and it
// takes a whole processor meanwhile. Single thread.
class LoneClient {
 public:
  explicit LoneClient(const std::string& address);
  ~LoneClient();
  LoneClient(const LoneClient&) = delete;
  LoneClient& operator=(const LoneClient&) = delete;

  // Sends it and looks for its result. Throws std::runtime_error when it was rejected.
  void ask(const Command& command);

 private:
  // Until so many steps of the stream are done. Throws std::runtime_error when one fails.
  void finish(int steps);

  engine::v1::ResultBatch results_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<engine::v1::Engine::Stub> stub_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<engine::v1::CommandBatch, engine::v1::ResultBatch>>
      stream_;
};

}  // namespace outcry::bench
