#include "server/engine_service.h"

#include <grpc/grpc_security_constants.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

namespace outcry {
namespace {

// Ends a stream as soon as it begins.
template <class Reactor>
class Refused final : public Reactor {
 public:
  explicit Refused(const grpc::Status& status) { this->Finish(status); }
  void OnDone() override { delete this; }
};

using CommandStream = grpc::ServerBidiReactor<engine::v1::CommandBatch, engine::v1::ResultBatch>;
using EventStream = grpc::ServerWriteReactor<grpc::ByteBuffer>;

const grpc::Status kUnknownClient{grpc::StatusCode::PERMISSION_DENIED,
                                  "the client's certificate has none of the names that may use "
                                  "the engine"};

bool parse(const grpc::ByteBuffer& buffer, engine::v1::SubscribeRequest& request) {
  grpc::Slice slice;
  return buffer.DumpToSingleSlice(&slice).ok() &&
         request.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

}  // namespace

EngineService::EngineService(const SessionSettings& settings, std::vector<std::string> client_names,
                             InputQueue& input, Feed& feed)
    : settings_(settings), client_names_(std::move(client_names)), input_(input), feed_(feed) {}

CommandStream* EngineService::Session(grpc::CallbackServerContext* context) {
  if (!admits(*context)) return new Refused<CommandStream>(kUnknownClient);
  auto session =
      std::make_shared<outcry::Session>(settings_, input_, log_, feed_.durable_sequence());
  outcry::Session* const reactor = session.get();
  const std::lock_guard lock(mutex_);
  sessions_.push_back(std::move(session));
  return reactor;
}

EventStream* EngineService::Subscribe(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* buffer) {
  if (!admits(*context)) return new Refused<EventStream>(kUnknownClient);
  engine::v1::SubscribeRequest request;
  if (!parse(*buffer, request)) {
    return new Refused<EventStream>({grpc::StatusCode::INVALID_ARGUMENT, "not a SubscribeRequest"});
  }
  return feed_.subscribe(*context, request.after_sequence(), request.after_time());
}

bool EngineService::admits(const grpc::CallbackServerContext& context) const {
  if (client_names_.empty()) return true;
  const auto peer = context.auth_context();
  for (const char* property : {GRPC_X509_CN_PROPERTY_NAME, GRPC_X509_SAN_PROPERTY_NAME}) {
    for (const grpc::string_ref& name : peer->FindPropertyValues(property)) {
      if (std::ranges::find(client_names_, std::string_view(name.data(), name.size())) !=
          client_names_.end())
        return true;
    }
  }
  return false;
}

void EngineService::keep_house() {
  const SteadyTime now = std::chrono::steady_clock::now();
  for (const auto& session : open_sessions())
    session->keep_alive(now);
}

// Those that are not over, to be worked on without the mutex: one that ends writes to the log, and
// whoever reads the log may be slow.
EngineService::Sessions EngineService::open_sessions() {
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [](const auto& session) { return session->over(); });
  return sessions_;
}

std::size_t EngineService::sessions() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

void EngineService::drain() {
  for (const auto& session : open_sessions())
    session->drain();
}

}  // namespace outcry
