#include <gtest/gtest.h>

#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

void expect_consecutive(const std::vector<pb::Event>& events, std::uint64_t after_sequence,
                        std::uint64_t last_sequence) {
  ASSERT_EQ(events.size(), last_sequence - after_sequence);
  for (std::size_t i = 0; i < events.size(); ++i) {
    ASSERT_EQ(events[i].sequence(), after_sequence + 1 + i);
  }
}

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

  // The events that there are, as whoever subscribed has seen them.
  std::vector<pb::Event> events(std::uint64_t count) {
    return TestSubscription(port(), 0).receive(count);
  }

  // Trades, twice as much, and once more after the data directory was put back to where it was in
  // between: the later half of the events are others now. Returns all as they were.
  std::vector<pb::Event> roll_back(std::uint64_t trades) {
    trade(trades);
    stop();
    const std::filesystem::path copy = settings_.data_directory + "-copy";
    std::filesystem::copy(settings_.data_directory, copy);
    start(Start::kRecover);
    trade_on(trades);
    std::vector<pb::Event> seen = events(events_of(2 * trades));
    stop();
    std::filesystem::remove_all(settings_.data_directory);
    std::filesystem::rename(copy, settings_.data_directory);
    start(Start::kRecover);
    trade_on(trades);
    return seen;
  }

  // Trades until a second segment has begun, with an engine that remembers no event of it. Returns
  // the last sequence in the first segment.
  Sequence end_of_first_segment() {
    settings_.feed.memory_bytes = 1;
    stop();
    start(Start::kRecover);
    trade(kManyTrades);
    SegmentHeader second{};
    PosixDisk(settings_.data_directory)
        .open(segment_name(2))
        ->read(0, std::as_writable_bytes(std::span(&second, 1)));
    return second.first_sequence - 1;
  }

  // That many trades more, of the accounts that trade() has opened.
  void trade_on(std::uint64_t trades) {
    TestSession session(port());
    for (std::uint64_t i = 0; i < trades; ++i) {
      session.ask(limit_order(2, "AAPL", pb::SELL, 1, 100));
      session.ask(limit_order(1, "AAPL", pb::BUY, 1, 100));
    }
  }

  // Of a subscriber that goes on behind the event, and says so.
  void expect_goes_on_behind(const pb::Event& seen, std::uint64_t last_sequence) {
    TestSubscription subscription(port(), seen.sequence(), seen.time());
    expect_consecutive(subscription.receive(last_sequence - seen.sequence()), seen.sequence(),
                       last_sequence);
    // At the end a heartbeat tells that it is welcome.
    if (seen.sequence() == last_sequence) subscription.read_messages(1);
    EXPECT_EQ(subscription.finish().error_code(), grpc::StatusCode::CANCELLED);
  }

  // Of a subscriber that has seen an event which the journal no longer has.
  void expect_refuses(const pb::Event& seen, const pb::Event& present) {
    TestSubscription subscription(port(), seen.sequence(), seen.time());
    EXPECT_TRUE(subscription.receive(1).empty());
    const grpc::Status status = subscription.finish();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(status.error_message(), "the subscriber has seen sequence " +
                                          std::to_string(seen.sequence()) + " of time " +
                                          std::to_string(seen.time()) + ", here its time is " +
                                          std::to_string(present.time()) +
                                          ": the journal was rolled back since, or is another one");
  }

  static constexpr std::uint64_t kManyTrades = 6'000;

  static std::string id(char prefix, std::uint64_t number) {
    return std::string(1, prefix).append(std::to_string(number));
  }

  static std::uint64_t events_of(std::uint64_t trades) { return 5 + 3 * trades; }
};

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

TEST_F(FeedTest, RefusesASubscriberWhoseLastEventIsAnotherNow) {
  constexpr std::uint64_t kTrades = 30;
  const std::uint64_t last = events_of(2 * kTrades);
  const std::vector<pb::Event> seen = roll_back(kTrades);
  const std::vector<pb::Event> present = events(last);
  ASSERT_EQ(seen.size(), last);
  ASSERT_EQ(present.size(), last);
  const auto expect_refuses_what_was_lost = [&] {
    for (std::uint64_t i = events_of(kTrades); i < last; ++i)
      expect_refuses(seen[i], present[i]);
    for (std::uint64_t i = 0; i < events_of(kTrades); ++i)
      expect_goes_on_behind(seen[i], last);
  };
  // The last of them stands at the end. From memory, then from the journal's files.
  expect_refuses_what_was_lost();
  stop();
  start(Start::kRecover);
  expect_refuses_what_was_lost();
}

TEST_F(FeedTest, RefusesASubscriberOfAnotherJournal) {
  trade(1);
  const std::vector<pb::Event> seen = events(events_of(1));
  stop();
  std::filesystem::remove_all(settings_.data_directory);
  start(Start::kInit);
  trade(2);
  const std::vector<pb::Event> present = events(events_of(2));
  for (std::size_t i = 0; i < seen.size(); ++i)
    expect_refuses(seen[i], present[i]);
}

TEST_F(FeedTest, GoesOnBehindEveryEventThatIsWhatTheSubscriberSaw) {
  settings_.feed.memory_bytes = 5'000;
  stop();
  start(Start::kRecover);
  trade(100);
  const std::vector<pb::Event> seen = events(events_of(100));
  for (const pb::Event& event : seen)
    expect_goes_on_behind(event, events_of(100));
  stop();
  start(Start::kRecover);
  // At the end there is nothing to wait for but what comes.
  TestSubscription at_the_end(port(), seen.back().sequence(), seen.back().time());
  at_the_end.read_messages(1);
  for (const pb::Event& event : seen)
    expect_goes_on_behind(event, events_of(100));
  trade_on(1);
  expect_consecutive(at_the_end.receive(3), events_of(100), events_of(101));
}

TEST_F(FeedTest, TellsTheEventsOfOneCommandByTheTimeThatTheyShare) {
  constexpr std::uint64_t kOrders = 4'000;
  constexpr std::uint64_t kFirst = 3 + kOrders;  // event of the command that cancels all
  constexpr std::uint64_t kLast = kFirst + kOrders - 1;
  cancel_at_once(kOrders);
  const std::vector<pb::Event> seen = events(kLast);
  const auto expect_told = [&] {
    for (const std::uint64_t sequence : {kFirst, kFirst + 1'499, kLast - 1}) {
      expect_goes_on_behind(seen[sequence - 1], kLast);
      pb::Event other = seen[sequence - 1];
      other.set_time(other.time() - 1);
      expect_refuses(other, seen[sequence - 1]);
    }
  };
  expect_told();
  stop();
  start(Start::kRecover);
  expect_told();
}

TEST_F(FeedTest, TakesTheWordOfASubscriberThatDoesNotSayTheTime) {
  trade(1);
  TestSubscription from_the_middle(port(), 4, 0);
  expect_consecutive(from_the_middle.receive(4), 4, events_of(1));
  // Nothing is before the first event.
  TestSubscription from_the_first(port(), 0, 4711);
  expect_consecutive(from_the_first.receive(events_of(1)), 0, events_of(1));
}

TEST_F(FeedTest, TakesTheWordOfASubscriberWhoseLastEventIsNoLongerThere) {
  const Sequence gone = end_of_first_segment();
  PosixDisk(settings_.data_directory).remove(segment_name(1));
  TestSubscription on_the_edge(port(), gone, 4711);
  expect_consecutive(on_the_edge.receive(events_of(kManyTrades) - gone), gone,
                     events_of(kManyTrades));
  TestSubscription behind(port(), gone - 1, 4711);
  EXPECT_TRUE(behind.receive(1).empty());
  EXPECT_EQ(behind.finish().error_code(), grpc::StatusCode::OUT_OF_RANGE);
}

TEST_F(FeedTest, TakesTheWordOfASubscriberWhoseLastEventCannotBeRead) {
  const Sequence last_of_first = end_of_first_segment();
  const std::byte wrong{0xA5};
  PosixDisk(settings_.data_directory)
      .open(segment_name(1))
      ->write(sizeof(SegmentHeader) + 100, std::span(&wrong, 1));
  TestSubscription behind(port(), last_of_first, 4711);
  expect_consecutive(behind.receive(events_of(kManyTrades) - last_of_first), last_of_first,
                     events_of(kManyTrades));
  TestSubscription within(port(), 10, 4711);
  EXPECT_TRUE(within.receive(1).empty());
  EXPECT_EQ(within.finish().error_code(), grpc::StatusCode::DATA_LOSS);
}

}  // namespace
}  // namespace outcry
