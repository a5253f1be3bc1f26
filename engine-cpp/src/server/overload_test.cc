// What the engine takes and what it refuses when there is too much of it, by gRPC.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>
#include <thread>

#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

pb::Command cancel_order(std::uint64_t account_id, std::uint64_t order_id) {
  pb::Command command;
  command.mutable_cancel_order()->set_account_id(account_id);
  command.mutable_cancel_order()->set_order_id(order_id);
  return command;
}

class OverloadTest : public TestVenue {
 protected:
  static constexpr std::size_t kResting = 100'000;
  static constexpr std::size_t kBatch = 5'000;
  static constexpr std::size_t kQueued = 2 * kBatch;

  void SetUp() override {
    start(Start::kInit);
    TestSession admin(port());
    ASSERT_TRUE(admin.ask(define_instrument("AAPL")).has_done());
    ASSERT_TRUE(admin.ask(open_account(1, 1'000'000)).has_done());
    ASSERT_TRUE(admin.ask(open_account(2, 1'000'000)).has_done());
  }

  static pb::CommandBatch orders(std::size_t count) {
    pb::CommandBatch batch;
    while (count-- != 0)
      *batch.add_commands() = limit_order(1, "AAPL", pb::BUY, 1, 1);
    return batch;
  }

  // Gives the sequencer much to do with one command, and has orders wait behind it. False: they
  // did not wait.
  bool overload(TestSession& session) {
    for (std::size_t placed = 0; placed < kResting; placed += kBatch) {
      session.send(orders(kBatch));
      session.receive(kBatch);
    }
    pb::CommandBatch all;
    all.add_commands()->mutable_cancel_all()->set_account_id(1);
    session.send(all);
    for (std::size_t queued = 0; queued < kQueued; queued += kBatch)
      session.send(orders(kBatch));
    const auto begin = std::chrono::steady_clock::now();
    while (server_->gauges().queue_depth < kQueued) {
      if (std::chrono::steady_clock::now() - begin > std::chrono::seconds(1)) return false;
    }
    return true;
  }
};

// The orders wait already when the cancel is sent. It may come too late to pass them, as the
// machine pleases, but not time and again; an engine that lets no cancel pass does so never.
TEST_F(OverloadTest, ExecutesACancelBeforeTheOrdersOfOtherSessionsThatWait) {
  TestSession crowd(port());
  TestSession other(port());
  bool passed = false;
  for (int attempt = 0; attempt < 20 && !passed; ++attempt) {
    const pb::Result order = other.ask(limit_order(2, "AAPL", pb::BUY, 1, 1));
    const bool waited = overload(crowd);
    const pb::Result canceled = other.ask(cancel_order(2, order.order().order().order_id()));
    EXPECT_EQ(canceled.order().order().status(), pb::CANCELED);
    const std::vector<pb::Result> results = crowd.receive(1 + kQueued);
    ASSERT_EQ(results.size(), 1 + kQueued);
    passed = waited && canceled.sequence() < results.back().sequence();
  }
  EXPECT_TRUE(passed);
}

TEST_F(OverloadTest, RefusesWhatIsMoreThanItsWindow) {
  settings_.session.window = 10;
  stop();
  start(Start::kRecover);
  TestSession session(port());
  pb::CommandBatch batch;
  for (std::uint64_t i = 0; i < 50; ++i) {
    *batch.add_commands() = limit_order(1, "AAPL", pb::BUY, 1, 1);
    batch.mutable_commands()->rbegin()->set_request_id(i + 1);
  }
  session.send(batch);
  const std::vector<pb::Result> results = session.receive(50);
  ASSERT_EQ(results.size(), 50U);
  EXPECT_EQ(
      std::ranges::count_if(results, [](const pb::Result& result) { return result.has_order(); }),
      10);
  for (const pb::Result& result : results) {
    if (result.has_order()) {
      EXPECT_LE(result.request_id(), 10U);
    } else {
      EXPECT_EQ(result.rejection().code(), pb::RESOURCE_EXHAUSTED);
    }
  }
  EXPECT_EQ(server_->gauges().refused, 40U);
  EXPECT_TRUE(session.ask(limit_order(1, "AAPL", pb::BUY, 1, 1)).has_order());
}

TEST_F(OverloadTest, TakesCancelsBeyondItsWindow) {
  settings_.session.window = 8;
  stop();
  start(Start::kRecover);
  TestSession session(port());
  pb::CommandBatch batch;
  for (std::uint64_t i = 1; i <= 12; ++i) {
    pb::Command& command = *batch.add_commands();
    command = limit_order(1, "AAPL", pb::BUY, 1, 1);
    if (i > 10) command.mutable_cancel_all()->set_account_id(1);
    command.set_request_id(i);
  }
  session.send(batch);
  std::vector<pb::Result> results = session.receive(12);
  ASSERT_EQ(results.size(), 12U);
  std::ranges::sort(results, {}, &pb::Result::request_id);
  for (std::size_t i = 0; i < 8; ++i)
    EXPECT_TRUE(results[i].has_order()) << i;
  for (const std::size_t i : {8, 9, 11})
    EXPECT_EQ(results[i].rejection().code(), pb::RESOURCE_EXHAUSTED) << i;
  EXPECT_EQ(results[10].cancel_all().orders_size(), 8);
}

TEST_F(OverloadTest, RefusesOrdersWhenTheQueueIsFullAndTakesCancels) {
  settings_.pipeline.queue_capacity = 4;
  settings_.pipeline.cancel_capacity = 2;
  stop();
  start(Start::kRecover);
  TestSession session(port());
  pb::CommandBatch batch;
  for (std::uint64_t i = 1; i <= 20; ++i) {
    pb::Command& command = *batch.add_commands();
    command = limit_order(1, "AAPL", pb::BUY, 1, 1);
    if (i == 20) command.mutable_cancel_all()->set_account_id(1);
    command.set_request_id(i);
  }
  session.send(batch);
  std::vector<pb::Result> results = session.receive(20);
  ASSERT_EQ(results.size(), 20U);
  std::ranges::sort(results, {}, &pb::Result::request_id);
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_TRUE(results[i].has_order()) << i;
  for (std::size_t i = 4; i < 19; ++i) {
    EXPECT_EQ(results[i].rejection().code(), pb::RESOURCE_EXHAUSTED) << i;
    EXPECT_NE(results[i].rejection().message().find("not executed"), std::string::npos);
  }
  EXPECT_EQ(results[19].cancel_all().orders_size(), 4);
  EXPECT_EQ(server_->gauges().refused, 15U);
  // And all is taken again when the queue has drained.
  EXPECT_TRUE(session.ask(limit_order(1, "AAPL", pb::BUY, 1, 1)).has_order());
}

TEST_F(OverloadTest, RefusesOrdersAndTakesCancelsWhileTheDiskIsNearlyFull) {
  const std::uint64_t order_id =
      TestSession(port()).ask(limit_order(1, "AAPL", pb::BUY, 1, 1)).order().order().order_id();
  stop();
  settings_.reserve_bytes = std::numeric_limits<std::uint64_t>::max();
  start(Start::kRecover);
  TestSession session(port());
  const pb::Result refused = session.ask(limit_order(1, "AAPL", pb::BUY, 1, 1));
  EXPECT_EQ(refused.rejection().code(), pb::RESOURCE_EXHAUSTED);
  EXPECT_NE(refused.rejection().message().find("disk"), std::string::npos);
  EXPECT_TRUE(session.ask(get_account(1)).has_account());
  pb::Command cancel;
  cancel.mutable_cancel_order()->set_account_id(1);
  cancel.mutable_cancel_order()->set_order_id(order_id);
  EXPECT_EQ(session.ask(cancel).order().order().status(), pb::CANCELED);
  stop();
  settings_.reserve_bytes = 0;
  start(Start::kRecover);
  EXPECT_TRUE(TestSession(port()).ask(limit_order(1, "AAPL", pb::BUY, 1, 1)).has_order());
}

}  // namespace
}  // namespace outcry
