#include "echo_server.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>

#include "outcry/engine/v1/engine.grpc.pb.h"

namespace outcry::bench {
namespace {

namespace pb = engine::v1;

// One message after the other: reads, answers, reads again.
class Echo final : public grpc::ServerBidiReactor<pb::CommandBatch, pb::ResultBatch> {
 public:
  Echo() { StartRead(&incoming_); }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    outgoing_.Clear();
    for (const pb::Command& command : incoming_.commands()) {
      pb::Result& result = *outgoing_.add_results();
      result.set_request_id(command.request_id());
      result.mutable_order()->mutable_order()->set_quantity(command.place_order().quantity());
    }
    StartWrite(&outgoing_);
  }
  void OnWriteDone(bool ok) override {
    if (ok) StartRead(&incoming_);
  }
  void OnDone() override { delete this; }

 private:
  pb::CommandBatch incoming_;
  pb::ResultBatch outgoing_;
};

class EchoService final : public pb::Engine::WithCallbackMethod_Session<pb::Engine::Service> {
 public:
  grpc::ServerBidiReactor<pb::CommandBatch, pb::ResultBatch>* Session(
      grpc::CallbackServerContext*) override {
    return new Echo;
  }
};

struct EchoServer {
  EchoService service;
  int port = 0;
  std::unique_ptr<grpc::Server> server;
};

}  // namespace

ServerProcess::Server start_echo() {
  const auto echo = std::make_shared<EchoServer>();
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &echo->port);
  builder.RegisterService(&echo->service);
  echo->server = builder.BuildAndStart();
  return {echo->port, [echo] { echo->server->Shutdown(std::chrono::system_clock::now()); }};
}

}  // namespace outcry::bench
