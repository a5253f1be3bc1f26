#include "grpc_client.h"

#include <algorithm>
#include <iostream>

#include "command_message.h"

namespace outcry::bench {

namespace pb = engine::v1;

GrpcClient::GrpcClient(const std::string& address, std::size_t batch, std::size_t window)
    : batch_size_(batch), window_(window) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(64 << 20);
  stub_ = pb::Engine::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  stub_->async()->Session(&context_, this);
  incoming_ = google::protobuf::Arena::CreateMessage<pb::ResultBatch>(&incoming_arena_);
  AddHold();
  StartRead(incoming_);
  StartCall();
}

GrpcClient::~GrpcClient() {
  StartWritesDone();
  RemoveHold();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return done_; });
}

void GrpcClient::run(std::span<const Command> commands) {
  std::unique_lock lock(mutex_);
  rest_ = commands;
  if (prepare_batch()) {
    lock.unlock();
    StartWrite(outgoing_);
    lock.lock();
  }
  changed_.wait(lock, [this] { return done_ || (rest_.empty() && unanswered_ == 0); });
}

void GrpcClient::OnReadDone(bool ok) {
  if (!ok) return;
  ++result_batches_;
  const std::size_t results = static_cast<std::size_t>(incoming_->results_size());
  for (const pb::Result& result : incoming_->results()) {
    if (result.has_rejection()) {
      ++rejections_;
      if (result.rejection().code() == pb::RESOURCE_EXHAUSTED) {
        std::cerr << "refused: " << result.rejection().message() << '\n';
        std::abort();
      }
    }
  }
  incoming_arena_.Reset();
  incoming_ = google::protobuf::Arena::CreateMessage<pb::ResultBatch>(&incoming_arena_);
  StartRead(incoming_);
  std::unique_lock lock(mutex_);
  unanswered_ -= results;
  const bool write = prepare_batch();
  if (rest_.empty() && unanswered_ == 0) changed_.notify_one();
  lock.unlock();
  if (write) StartWrite(outgoing_);
}

void GrpcClient::OnWriteDone(bool ok) {
  std::unique_lock lock(mutex_);
  writing_ = false;
  const bool write = ok && prepare_batch();
  lock.unlock();
  if (write) StartWrite(outgoing_);
}

void GrpcClient::OnDone(const grpc::Status& status) {
  if (!status.ok()) std::cerr << "session ended: " << status.error_message() << '\n';
  const std::lock_guard lock(mutex_);
  done_ = true;
  changed_.notify_one();
}

bool GrpcClient::prepare_batch() {
  if (writing_ || rest_.empty() || unanswered_ >= window_) return false;
  const std::size_t count = std::min({batch_size_, rest_.size(), window_ - unanswered_});
  outgoing_arena_.Reset();
  outgoing_ = google::protobuf::Arena::CreateMessage<pb::CommandBatch>(&outgoing_arena_);
  for (const Command& command : rest_.first(count)) {
    pb::Command& message = *outgoing_->add_commands();
    message.set_request_id(1);
    encode(command, message);
  }
  rest_ = rest_.subspan(count);
  unanswered_ += count;
  writing_ = true;
  return true;
}

}  // namespace outcry::bench
