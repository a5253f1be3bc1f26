#include <gtest/gtest.h>

#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

class FeedTest : public TestVenue {
 protected:
  FeedTest() {
    settings_.session.heartbeat = std::chrono::milliseconds(50);
    settings_.feed.heartbeat = std::chrono::milliseconds(50);
  }

  void SetUp() override { start(Start::kInit); }

  // Defines AAPL, opens two accounts and trades so many times: five events, then three a trade.
  void trade(std::uint64_t trades) {
    TestSession session(port());
    session.ask(define_instrument("AAPL"));
    session.ask(open_account(1, 1'000'000'000'000));
    session.ask(open_account(2, 0));
    session.ask(deposit_position(2, "AAPL", 1'000'000'000));
    // A session's window is smaller than what some tests want.
    constexpr std::uint64_t kAtATime = 2'000;
    for (std::uint64_t first = 0; first < trades; first += kAtATime) {
      const std::uint64_t count = std::min(kAtATime, trades - first);
      pb::CommandBatch batch;
      for (std::uint64_t i = first; i < first + count; ++i) {
        *batch.add_commands() = limit_order(2, "AAPL", pb::SELL, 1, 100, id('s', i));
        *batch.add_commands() = limit_order(1, "AAPL", pb::BUY, 1, 100, id('b', i));
      }
      session.send(batch);
      session.receive(2 * count);
    }
  }

  // So many orders, one event each; then one command cancels them all. Returns its answer.
  pb::Result cancel_at_once(std::uint64_t orders) {
    TestSession session(port());
    session.ask(define_instrument("AAPL"));
    session.ask(open_account(1, 1'000'000'000));
    constexpr std::uint64_t kAtATime = 4'000;
    for (std::uint64_t first = 0; first < orders; first += kAtATime) {
      pb::CommandBatch batch;
      for (std::uint64_t i = 0; i < kAtATime; ++i)
        *batch.add_commands() = limit_order(1, "AAPL", pb::BUY, 1, 100);
      session.send(batch);
      session.receive(kAtATime);
    }
    pb::Command cancel;
    cancel.mutable_cancel_all()->set_account_id(1);
    return session.ask(cancel);
  }

  static std::string id(char prefix, std::uint64_t number) {
    return std::string(1, prefix).append(std::to_string(number));
  }

  static std::uint64_t events_of(std::uint64_t trades) { return 5 + 3 * trades; }
};

void expect_consecutive(const std::vector<pb::Event>& events, std::uint64_t after_sequence,
                        std::uint64_t last_sequence) {
  ASSERT_EQ(events.size(), last_sequence - after_sequence);
  for (std::size_t i = 0; i < events.size(); ++i) {
    ASSERT_EQ(events[i].sequence(), after_sequence + 1 + i);
  }
}

TEST_F(FeedTest, TellsAllThatHappened) {
  trade(1);
  TestSubscription subscription(port(), 0);
  const std::vector<pb::Event> events = subscription.receive(events_of(1));
  expect_consecutive(events, 0, 8);
  EXPECT_EQ(events[0].instrument_defined().instrument().symbol(), "AAPL");
  EXPECT_EQ(events[1].account_opened().account_id(), 1U);
  EXPECT_EQ(events[2].cash_adjusted().amount(), 1'000'000'000'000);
  EXPECT_EQ(events[3].account_opened().account_id(), 2U);
  EXPECT_EQ(events[4].position_adjusted().symbol(), "AAPL");
  EXPECT_EQ(events[5].order_accepted().terms().client_order_id(), "s0");
  EXPECT_EQ(events[6].order_accepted().terms().account_id(), 1U);
  const pb::Traded& traded = events[7].traded();
  EXPECT_EQ(traded.symbol(), "AAPL");
  EXPECT_EQ(traded.currency(), "USD");
  EXPECT_EQ(traded.notional(), 100);
  EXPECT_EQ(traded.taker_side(), pb::BUY);
  EXPECT_EQ(traded.maker_order_id(), events[5].order_accepted().order_id());
  EXPECT_GT(events[7].time(), events[5].time());
}

TEST_F(FeedTest, GoesOnFromEverySequenceThroughMemoryFilesAndLive) {
  settings_.feed.memory_bytes = 20'000;
  stop();
  start(Start::kRecover);
  trade(100);
  std::vector<std::unique_ptr<TestSubscription>> subscriptions;
  for (std::uint64_t after = 0; after < events_of(100); ++after) {
    TestSubscription subscription(port(), after);
    expect_consecutive(subscription.receive(events_of(100) - after), after, events_of(100));
    if (HasFatalFailure()) return;
    if (after % 50 == 0) {
      subscriptions.push_back(std::make_unique<TestSubscription>(port(), after));
    }
  }
  TestSession session(port());
  session.ask(limit_order(1, "AAPL", pb::BUY, 1, 99));
  for (std::size_t i = 0; i < subscriptions.size(); ++i) {
    const std::uint64_t after = 50 * i;
    expect_consecutive(subscriptions[i]->receive(events_of(100) + 1 - after), after,
                       events_of(100) + 1);
  }
}

TEST_F(FeedTest, CutsWhatOneCommandDidIntoMessagesThatASubscriberTakes) {
  constexpr std::uint64_t kOrders = 20'000;
  constexpr std::uint64_t kFirst = 3 + kOrders;  // event of the command that cancels all
  constexpr std::uint64_t kLast = kFirst + kOrders - 1;
  constexpr std::size_t kMostBytes = std::size_t{512} << 10;
  EXPECT_EQ(cancel_at_once(kOrders).cancel_all().orders_size(), 10'000);
  const auto expect_all_after = [&](std::uint64_t after) {
    TestSubscription subscription(port(), after);
    expect_consecutive(subscription.receive(kLast - after), after, kLast);
    EXPECT_LT(subscription.largest_message(), kMostBytes);
  };
  // From memory, and from the journal's files.
  for (const std::uint64_t after : {kFirst - 1, kFirst + 1'499, kLast - 1})
    expect_all_after(after);
  stop();
  start(Start::kRecover);
  for (const std::uint64_t after : {kFirst - 1, kFirst + 1'499, kLast - 1})
    expect_all_after(after);
}

TEST_F(FeedTest, ReadsAcrossSegmentsAndAfterARestart) {
  trade(6'000);
  stop();
  ASSERT_GT(list_segments(*std::make_unique<PosixDisk>(settings_.data_directory)).size(), 1U);
  start(Start::kRecover);
  TestSubscription subscription(port(), 0);
  const std::vector<pb::Event> events = subscription.receive(events_of(6'000));
  expect_consecutive(events, 0, events_of(6'000));
}

TEST_F(FeedTest, CutsASubscriberThatDoesNotReadAndServesItAnew) {
  settings_.feed.stall = std::chrono::seconds(1);
  settings_.feed.last_call = std::chrono::minutes(10);
  stop();
  start(Start::kRecover);
  constexpr std::uint64_t kTrades = 20'000;
  TestSubscription slow(port(), 0);
  trade(kTrades);
  TestSubscription fast(port(), 0);
  expect_consecutive(fast.receive(events_of(kTrades)), 0, events_of(kTrades));
  // Heartbeats tell that the time has passed.
  fast.read_messages(30);
  const std::vector<pb::Event> seen = slow.receive(events_of(kTrades));
  ASSERT_LT(seen.size(), events_of(kTrades));
  EXPECT_EQ(slow.finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  TestSubscription resumed(port(), seen.size());
  expect_consecutive(resumed.receive(events_of(kTrades) - seen.size()), seen.size(),
                     events_of(kTrades));
}

TEST_F(FeedTest, RefusesASubscriberThatIsAhead) {
  trade(1);
  TestSubscription subscription(port(), events_of(1) + 1);
  EXPECT_TRUE(subscription.receive(1).empty());
  EXPECT_EQ(subscription.finish().error_code(), grpc::StatusCode::FAILED_PRECONDITION);
}

}  // namespace
}  // namespace outcry
