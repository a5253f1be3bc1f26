#include "server/engine_service.h"

#include <chrono>
#include <utility>

namespace outcry {
namespace {

// Ends a stream as soon as it begins.
class Refused final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit Refused(const grpc::Status& status) { Finish(status); }
  void OnDone() override { delete this; }
};

bool parse(const grpc::ByteBuffer& buffer, engine::v1::SubscribeRequest& request) {
  grpc::Slice slice;
  return buffer.DumpToSingleSlice(&slice).ok() &&
         request.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

}  // namespace

EngineService::EngineService(const SessionSettings& settings, InputQueue& input, Feed& feed)
    : settings_(settings), input_(input), feed_(feed) {}

grpc::ServerBidiReactor<engine::v1::CommandBatch, engine::v1::ResultBatch>* EngineService::Session(
    grpc::CallbackServerContext*) {
  auto session = std::make_unique<outcry::Session>(settings_, input_, feed_.durable_sequence());
  outcry::Session* const reactor = session.get();
  const std::lock_guard lock(mutex_);
  sessions_.push_back(std::move(session));
  return reactor;
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* EngineService::Subscribe(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* buffer) {
  engine::v1::SubscribeRequest request;
  if (!parse(*buffer, request)) {
    return new Refused({grpc::StatusCode::INVALID_ARGUMENT, "not a SubscribeRequest"});
  }
  return feed_.subscribe(*context, request.after_sequence());
}

void EngineService::keep_house() {
  const SteadyTime now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [](const auto& session) { return session->over(); });
  for (const auto& session : sessions_)
    session->keep_alive(now);
}

std::size_t EngineService::sessions() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

void EngineService::drain() {
  const std::lock_guard lock(mutex_);
  for (const auto& session : sessions_)
    session->drain();
}

}  // namespace outcry
