// An engine on a free port over a directory of its own, and clients to talk to it, for tests.
#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "outcry/engine/v1/engine.grpc.pb.h"
#include "server/engine_server.h"

namespace outcry {

// A session, used by one thread: sends, and waits for what comes back.
class TestSession {
 public:
  explicit TestSession(int port);
  TestSession(int port, const std::shared_ptr<grpc::ChannelCredentials>& credentials);
  ~TestSession();

  const engine::v1::Hello& hello() const { return hello_; }

  // One command, and its result.
  engine::v1::Result ask(engine::v1::Command command);

  void send(const engine::v1::CommandBatch& batch);
  // The next so many results, heartbeats left out; fewer when the stream ends.
  std::vector<engine::v1::Result> receive(std::size_t count);

  // The next message, whatever is in it.
  engine::v1::ResultBatch heartbeat();

  // No more commands; the rest of the results is read. The stream's end.
  grpc::Status finish();

 private:
  grpc::ClientContext context_;
  std::unique_ptr<engine::v1::Engine::Stub> stub_;
  std::unique_ptr<grpc::ClientReaderWriter<engine::v1::CommandBatch, engine::v1::ResultBatch>>
      stream_;
  engine::v1::Hello hello_;
  std::vector<engine::v1::Result> received_;  // not handed out yet
  std::uint64_t next_request_id_ = 1;
  bool finished_ = false;
};

// A subscription, used by one thread.
class TestSubscription {
 public:
  TestSubscription(int port, std::uint64_t after_sequence, std::int64_t after_time = 0);
  TestSubscription(int port, std::uint64_t after_sequence,
                   const std::shared_ptr<grpc::ChannelCredentials>& credentials);
  ~TestSubscription();

  // The next so many events; fewer when the stream ends.
  std::vector<engine::v1::Event> receive(std::size_t count);
  // Bytes of the largest message that receive() has read.
  std::size_t largest_message() const { return largest_message_; }
  // Reads so many messages.
  void read_messages(int count);
  // Cancels unless the stream has ended by itself.
  grpc::Status finish();

 private:
  TestSubscription(int port, const engine::v1::SubscribeRequest& request,
                   const std::shared_ptr<grpc::ChannelCredentials>& credentials);

  grpc::ClientContext context_;
  std::unique_ptr<engine::v1::Engine::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<engine::v1::EventBatch>> stream_;
  std::vector<engine::v1::Event> received_;
  std::size_t largest_message_ = 0;
  bool ended_ = false;
  bool finished_ = false;
};

class TestVenue : public testing::Test {
 protected:
  TestVenue();
  ~TestVenue() override;

  void start(Start start);
  // Ends it as a crash does: what is on disk is what remains, nobody is told.
  void stop();
  int port() const { return server_->port(); }

  Settings settings_;
  std::unique_ptr<EngineServer> server_;
};

engine::v1::Command define_instrument(const std::string& symbol);
engine::v1::Command open_account(std::uint64_t account_id, std::int64_t cash);
engine::v1::Command deposit_position(std::uint64_t account_id, const std::string& symbol,
                                     std::int64_t quantity);
engine::v1::Command limit_order(std::uint64_t account_id, const std::string& symbol,
                                engine::v1::Side side, std::int64_t quantity, std::int64_t price,
                                const std::string& client_order_id = "");
engine::v1::Command get_account(std::uint64_t account_id);

}  // namespace outcry
