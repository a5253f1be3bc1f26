#include "lone_client.h"

#include <stdexcept>

#include "command_message.h"

namespace outcry::bench {

namespace pb = engine::v1;

LoneClient::LoneClient(const std::string& address)
    : stub_(pb::Engine::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()))),
      stream_(stub_->Session(&context_)) {}

LoneClient::~LoneClient() {
  context_.TryCancel();
  stream_->Finish();
}

void LoneClient::ask(const Command& command) {
  pb::CommandBatch batch;
  encode(command, *batch.add_commands());
  batch.mutable_commands(0)->set_request_id(1);
  if (!stream_->Write(batch)) throw std::runtime_error("the session has ended");
  pb::ResultBatch results;
  // Greetings and heartbeats come between.
  while (results.results_size() == 0) {
    if (!stream_->Read(&results)) throw std::runtime_error("the session has ended");
  }
  if (results.results(0).has_rejection()) throw std::runtime_error("a command was rejected");
}

}  // namespace outcry::bench
