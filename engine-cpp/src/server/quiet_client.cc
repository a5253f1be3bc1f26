// A client that opens a session and a subscription, prints a line when it has both, and reads for
// as long as they last: quiet_client PORT. For tests, which stop it like a machine that lost its
// power.
#include <grpcpp/grpcpp.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "outcry/engine/v1/engine.grpc.pb.h"

int main(int argc, char** argv) {
  namespace pb = outcry::engine::v1;
  if (argc != 2) return 64;
  const auto stub = pb::Engine::NewStub(
      grpc::CreateChannel("127.0.0.1:" + std::string(argv[1]), grpc::InsecureChannelCredentials()));
  grpc::ClientContext session_context;
  grpc::ClientContext feed_context;
  const auto session = stub->Session(&session_context);
  const auto feed = stub->Subscribe(&feed_context, pb::SubscribeRequest());
  pb::ResultBatch results;
  pb::EventBatch events;
  if (!session->Read(&results) || !feed->Read(&events)) return EXIT_FAILURE;
  std::cout << "connected" << std::endl;
  while (session->Read(&results)) {
  }
  return EXIT_SUCCESS;
}
