// A client that keeps a session as full as its window allows.
#pragma once

#include <google/protobuf/arena.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "outcry/command.h"
#include "outcry/engine/v1/engine.grpc.pb.h"

namespace outcry::bench {

// Sends commands in batches and counts the results. run() on one thread; gRPC's call the rest.
class GrpcClient final
    : public grpc::ClientBidiReactor<engine::v1::CommandBatch, engine::v1::ResultBatch> {
 public:
  GrpcClient(const std::string& address, std::size_t batch, std::size_t window);
  ~GrpcClient() override;

  // Sends all of them and returns when all are answered.
  void run(std::span<const Command> commands);

  std::uint64_t rejections() const { return rejections_; }
  std::uint64_t result_batches() const { return result_batches_; }

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

 private:
  // With the mutex held: the next batch, if there is room and something to send.
  bool prepare_batch();

  const std::size_t batch_size_;
  const std::size_t window_;
  std::unique_ptr<engine::v1::Engine::Stub> stub_;
  grpc::ClientContext context_;
  google::protobuf::Arena outgoing_arena_;
  engine::v1::CommandBatch* outgoing_ = nullptr;
  google::protobuf::Arena incoming_arena_;
  engine::v1::ResultBatch* incoming_ = nullptr;
  std::uint64_t rejections_ = 0;
  std::uint64_t result_batches_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::span<const Command> rest_;
  std::size_t unanswered_ = 0;
  bool writing_ = false;
  bool done_ = false;
};

}  // namespace outcry::bench
