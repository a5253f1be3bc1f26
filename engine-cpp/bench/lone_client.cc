#include "lone_client.h"

#include <grpc/support/time.h>

#include <stdexcept>

#include "command_message.h"

namespace outcry::bench {

namespace pb = engine::v1;

LoneClient::LoneClient(const std::string& address)
    : stub_(pb::Engine::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()))),
      stream_(stub_->PrepareAsyncSession(&context_, &queue_)) {
  stream_->StartCall(nullptr);
  finish(1);
}

LoneClient::~LoneClient() {
  context_.TryCancel();
  grpc::Status status;
  stream_->Finish(&status, nullptr);
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

void LoneClient::ask(const Command& command) {
  pb::CommandBatch batch;
  encode(command, *batch.add_commands());
  batch.mutable_commands(0)->set_request_id(1);
  results_.Clear();
  stream_->Write(batch, nullptr);
  stream_->Read(&results_, nullptr);
  finish(2);
  // Greetings and heartbeats come between.
  while (results_.results_size() == 0) {
    stream_->Read(&results_, nullptr);
    finish(1);
  }
  if (results_.results(0).has_rejection()) throw std::runtime_error("a command was rejected");
}

void LoneClient::finish(int steps) {
  while (steps > 0) {
    void* tag = nullptr;
    bool ok = false;
    const auto next = queue_.AsyncNext(&tag, &ok, gpr_inf_past(GPR_CLOCK_MONOTONIC));
    if (next == grpc::CompletionQueue::TIMEOUT) continue;
    if (next == grpc::CompletionQueue::SHUTDOWN || !ok)
      throw std::runtime_error("the session has ended");
    --steps;
  }
}

}  // namespace outcry::bench
