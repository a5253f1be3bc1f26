#include "server/health_check.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string_view>

namespace outcry {
namespace {

constexpr std::chrono::seconds kPatience{2};
// HealthCheckResponse{status: SERVING} in its wire form.
constexpr std::string_view kServing = "\x08\x01";

// Where a server that listens on all addresses is reached from its own machine.
std::string local_target(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  const std::string host = listen.substr(0, colon);
  const bool all = host.empty() || host == "0.0.0.0" || host == "[::]";
  return (all ? "127.0.0.1" : host) + listen.substr(colon);
}

std::shared_ptr<grpc::Channel> connect(const Settings& settings) {
  const std::string target = local_target(settings.listen);
  if (!settings.tls.given()) {
    return grpc::CreateChannel(target, grpc::InsecureChannelCredentials());
  }
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride("localhost");
  const grpc::SslCredentialsOptions options{settings.tls.client_authority, settings.tls.key,
                                            settings.tls.certificates};
  return grpc::CreateCustomChannel(target, grpc::SslCredentials(options), arguments);
}

}  // namespace

std::string check_health(const Settings& settings) {
  grpc::GenericStub stub(connect(settings));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  grpc::CompletionQueue queue;
  const grpc::Slice empty("");
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check",
                                          grpc::ByteBuffer(&empty, 1), &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  if (!status.ok()) return status.error_message();
  grpc::Slice answer;
  if (!response.DumpToSingleSlice(&answer).ok()) return "its answer cannot be read";
  const std::string_view text(reinterpret_cast<const char*>(answer.begin()), answer.size());
  return text == kServing ? "" : "it is not serving";
}

}  // namespace outcry
