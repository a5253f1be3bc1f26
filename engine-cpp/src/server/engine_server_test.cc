#include "server/engine_server.h"

#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>

#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

class EngineServerTest : public TestVenue {
 protected:
  std::string refusal(Start how) {
    try {
      start(how);
    } catch (const std::runtime_error& failure) {
      return failure.what();
    }
    return "started";
  }

  void prepare() {
    TestSession session(port());
    session.ask(define_instrument("AAPL"));
    session.ask(open_account(1, 1'000'000'000));
  }
};

TEST_F(EngineServerTest, RefusesToStartWithoutAJournalUnlessTold) {
  EXPECT_NE(refusal(Start::kRecover).find("--init"), std::string::npos);
  settings_.data_directory += "/not-there";
  EXPECT_NE(refusal(Start::kRecover).find("--init"), std::string::npos);
  EXPECT_EQ(refusal(Start::kInit), "started");
}

TEST_F(EngineServerTest, RefusesToBeginAJournalWhereThereIsOne) {
  start(Start::kInit);
  stop();
  EXPECT_NE(refusal(Start::kInit).find("holds a journal already"), std::string::npos);
  EXPECT_EQ(refusal(Start::kRecover), "started");
}

TEST_F(EngineServerTest, RefusesADirectoryThatIsInUseAndNamesTheProcess) {
  start(Start::kInit);
  try {
    const EngineServer second(settings_, Start::kRecover);
    FAIL() << "two engines on one directory";
  } catch (const DirectoryInUse& failure) {
    EXPECT_NE(std::string(failure.what()).find(std::to_string(::getpid())), std::string::npos);
  }
}

TEST_F(EngineServerTest, RefusesAnAddressThatIsTaken) {
  start(Start::kInit);
  Settings other = settings_;
  other.data_directory += "/other";
  other.listen = "127.0.0.1:" + std::to_string(port());
  EXPECT_THROW(EngineServer(other, Start::kInit), std::runtime_error);
}

// Meanwhile its gRPC port is open for a moment: what a client is told must be so.
TEST_F(EngineServerTest, AnswersWhoCameBeforeItRefusesAMetricsAddressThatIsTaken) {
  start(Start::kInit);
  prepare();
  settings_.listen = "127.0.0.1:" + std::to_string(port());
  stop();
  std::atomic<bool> over = false;
  std::atomic<std::uint64_t> placed = 0;
  std::thread client([&] {
    while (!over) {
      TestSession session(std::stoi(settings_.listen.substr(settings_.listen.find(':') + 1)));
      while (session.ask(limit_order(1, "AAPL", pb::BUY, 1, 1)).has_order())
        ++placed;
    }
  });
  settings_.metrics_listen = "192.0.2.1:1";
  // The faster the machine, the shorter the moment: one try in some hundred.
  const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  const auto patient = [&] { return placed == 0 && std::chrono::steady_clock::now() < patience; };
  for (int attempt = 0; attempt < 5 || patient(); ++attempt)
    EXPECT_NE(refusal(Start::kRecover).find("cannot listen"), std::string::npos);
  EXPECT_NE(placed, 0U) << "nobody came";
  over = true;
  client.join();
  settings_.metrics_listen.clear();
  start(Start::kRecover);
  pb::Command cancel;
  cancel.mutable_cancel_all()->set_account_id(1);
  EXPECT_GE(static_cast<std::uint64_t>(TestSession(port()).ask(cancel).cancel_all().orders_size()),
            placed);
}

TEST_F(EngineServerTest, RefusesADamagedJournalNamingThePlace) {
  start(Start::kInit);
  prepare();
  stop();
  const std::string segment = settings_.data_directory + "/journal-0000000001";
  {
    std::fstream file(segment, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file.put('X');
  }
  const std::string reason = refusal(Start::kRecover);
  EXPECT_TRUE(reason.starts_with("journal-0000000001 is damaged at offset 64, sequence 1"))
      << reason;
}

TEST_F(EngineServerTest, HealthSaysServing) {
  start(Start::kInit);
  const auto channel = grpc::CreateChannel("127.0.0.1:" + std::to_string(port()),
                                           grpc::InsecureChannelCredentials());
  ASSERT_TRUE(
      channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(10)));
  // The standard service by its wire form: an empty request, status 1 in field 1.
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  grpc::Slice empty("");
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check",
                                          grpc::ByteBuffer(&empty, 1), &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  ASSERT_TRUE(queue.Next(&tag, &ok));
  ASSERT_TRUE(status.ok()) << status.error_message();
  grpc::Slice answer;
  ASSERT_TRUE(response.DumpToSingleSlice(&answer).ok());
  EXPECT_EQ(std::string(answer.begin(), answer.end()), "\x08\x01");
}

TEST_F(EngineServerTest, StopsInBoundedTimeWithOpenStreams) {
  start(Start::kInit);
  prepare();
  TestSession idle(port());
  TestSession other(port());
  TestSubscription subscription(port(), 0);
  EXPECT_FALSE(subscription.receive(3).empty());
  const auto begin = std::chrono::steady_clock::now();
  server_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_EQ(idle.finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(other.finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(subscription.receive(1).empty());
  EXPECT_EQ(subscription.finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(EngineServerTest, TakesSnapshotsWhileItRunsAndBeginsWithTheNewest) {
  settings_.snapshots.journal_bytes = 1;
  settings_.snapshots.reserve_bytes = 0;
  start(Start::kInit);
  prepare();
  PosixDisk disk(settings_.data_directory);
  std::uint64_t orders = 0;
  {
    TestSession session(port());
    while (list_snapshots(disk).size() < kSnapshotsKept)
      session.ask(limit_order(1, "AAPL", pb::BUY, 1, 1, std::to_string(++orders)));
  }
  stop();
  start(Start::kRecover);
  TestSession session(port());
  EXPECT_TRUE(session.ask(limit_order(1, "AAPL", pb::BUY, 1, 1, "1")).order().duplicate());
  pb::Command cancel;
  cancel.mutable_cancel_all()->set_account_id(1);
  EXPECT_EQ(static_cast<std::uint64_t>(session.ask(cancel).cancel_all().orders_size()), orders);
}

TEST_F(EngineServerTest, TakesASnapshotBeforeItServesWhenThereWasMuchToRecover) {
  settings_.snapshots = {.journal_bytes = 0, .reserve_bytes = 0};
  start(Start::kInit);
  prepare();
  stop();
  settings_.snapshots.journal_bytes = 1;
  start(Start::kRecover);
  PosixDisk disk(settings_.data_directory);
  EXPECT_EQ(list_snapshots(disk), std::vector<Sequence>{3});
  stop();
  EXPECT_EQ(recover_engine(disk, settings_.engine).snapshot, 3U);
}

// Each command is answered or refused, and what was answered as done is there afterwards.
TEST_F(EngineServerTest, AnswersWhatItAcceptedWhenItStops) {
  start(Start::kInit);
  prepare();
  constexpr std::uint64_t kOrders = 5'000;
  TestSession session(port());
  pb::CommandBatch batch;
  for (std::uint64_t i = 0; i < kOrders; ++i) {
    *batch.add_commands() = limit_order(1, "AAPL", pb::BUY, 1, 1);
    batch.mutable_commands()->rbegin()->set_request_id(i + 1);
  }
  session.send(batch);
  std::vector<pb::Result> results = session.receive(1);
  // A client reads on: what it leaves unread when the time is over, it never gets.
  std::thread stopping([this] { server_->stop(); });
  const std::vector<pb::Result> rest = session.receive(kOrders);
  stopping.join();
  results.insert(results.end(), rest.begin(), rest.end());
  ASSERT_EQ(results.size(), kOrders);
  std::uint64_t done = 0;
  for (const pb::Result& result : results) {
    if (result.has_order()) {
      ++done;
    } else {
      EXPECT_EQ(result.rejection().code(), pb::UNAVAILABLE);
    }
  }
  stop();
  start(Start::kRecover);
  TestSession again(port());
  pb::Command cancel;
  cancel.mutable_cancel_all()->set_account_id(1);
  EXPECT_EQ(static_cast<std::uint64_t>(again.ask(cancel).cancel_all().orders_size()), done);
}

}  // namespace
}  // namespace outcry
