#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <limits>
#include <string>
#include <thread>
#include <utility>

#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

// The process' log as it is when nobody reads it: full. Until it is let go of.
class BlockedLog {
 public:
  BlockedLog() : log_(::dup(STDERR_FILENO)) {
    EXPECT_EQ(::pipe2(pipe_, O_CLOEXEC | O_NONBLOCK), 0);
    const std::string filler(4'096, '.');
    while (::write(pipe_[1], filler.data(), filler.size()) > 0) {
    }
    ::fcntl(pipe_[1], F_SETFL, 0);
    ::dup2(pipe_[1], STDERR_FILENO);
  }

  // Whoever writes there meanwhile gets on with it.
  void release() {
    if (pipe_[0] < 0) return;
    ::dup2(log_, STDERR_FILENO);
    for (const int descriptor : {pipe_[1], log_})
      ::close(descriptor);
    // Until the last who waits to write has done so.
    ::fcntl(pipe_[0], F_SETFL, 0);
    std::string read(1 << 20, ' ');
    while (::read(pipe_[0], read.data(), read.size()) > 0) {
    }
    ::close(std::exchange(pipe_[0], -1));
  }
  ~BlockedLog() { release(); }

 private:
  int log_;
  int pipe_[2];
};

class SessionTest : public TestVenue {
 protected:
  void SetUp() override {
    start(Start::kInit);
    TestSession admin(port());
    ASSERT_TRUE(admin.ask(define_instrument("AAPL")).has_done());
    ASSERT_TRUE(admin.ask(open_account(1, 1'000'000)).has_done());
    ASSERT_TRUE(admin.ask(open_account(2, 1'000'000)).has_done());
    ASSERT_TRUE(admin.ask(deposit_position(2, "AAPL", 500)).has_done());
  }
};

TEST_F(SessionTest, SaysHelloFirst) {
  TestSession session(port());
  EXPECT_EQ(session.hello().window(), settings_.session.window);
  EXPECT_EQ(session.hello().engine_group(), 0U);
}

TEST_F(SessionTest, TradesAndShowsTheFillAndTheBalance) {
  TestSession session(port());
  const pb::Result sell = session.ask(limit_order(2, "AAPL", pb::SELL, 100, 15'000, "s-1"));
  EXPECT_EQ(sell.order().order().status(), pb::NEW);
  const pb::Result buy = session.ask(limit_order(1, "AAPL", pb::BUY, 40, 15'100, "b-1"));
  EXPECT_EQ(buy.order().order().status(), pb::FILLED);
  EXPECT_EQ(buy.order().order().client_order_id(), "b-1");
  EXPECT_EQ(buy.order().order().symbol(), "AAPL");
  ASSERT_EQ(buy.order().fills_size(), 1);
  EXPECT_EQ(buy.order().fills(0).price(), 15'000);
  EXPECT_EQ(buy.order().fills(0).quantity(), 40);
  EXPECT_EQ(buy.order().fills(0).liquidity(), pb::TAKER);
  EXPECT_EQ(buy.order().fills(0).sequence(), buy.sequence());
  EXPECT_EQ(buy.order().fills(0).notional(), buy.order().order().filled_notional());
  EXPECT_EQ(buy.order().fills(0).time(), buy.order().order().updated_at());
  EXPECT_EQ(buy.sequence(), sell.sequence() + 2);

  const pb::Result account = session.ask(get_account(1));
  EXPECT_EQ(account.sequence(), buy.sequence());
  ASSERT_EQ(account.account().positions_size(), 1);
  EXPECT_EQ(account.account().positions(0).symbol(), "AAPL");
  EXPECT_EQ(account.account().positions(0).quantity(), 40);
  EXPECT_EQ(account.account().cash(0).cash(), 1'000'000 - 40 * 15'000);
}

TEST_F(SessionTest, CancelsAndListsWhatItCanceled) {
  TestSession session(port());
  const pb::Result order = session.ask(limit_order(1, "AAPL", pb::BUY, 10, 100));
  pb::Command cancel;
  cancel.mutable_cancel_order()->set_account_id(1);
  cancel.mutable_cancel_order()->set_order_id(order.order().order().order_id());
  EXPECT_EQ(session.ask(cancel).order().order().status(), pb::CANCELED);
  EXPECT_EQ(session.ask(cancel).rejection().code(), pb::UNKNOWN_ORDER);

  session.ask(limit_order(1, "AAPL", pb::BUY, 10, 100));
  session.ask(limit_order(1, "AAPL", pb::BUY, 10, 101));
  pb::Command all;
  all.mutable_cancel_all()->set_account_id(1);
  const pb::Result canceled = session.ask(all);
  ASSERT_EQ(canceled.cancel_all().orders_size(), 2);
  EXPECT_EQ(canceled.cancel_all().orders(0).status(), pb::CANCELED);
  EXPECT_EQ(canceled.cancel_all().orders(0).cancel_reason(), pb::CANCELED_BY_USER);
}

TEST_F(SessionTest, AnswersReadsInTheirTurn) {
  TestSession session(port());
  pb::CommandBatch batch;
  *batch.add_commands() = limit_order(1, "AAPL", pb::BUY, 7, 100, "read-me");
  batch.mutable_commands(0)->set_request_id(1);
  pb::Command& get = *batch.add_commands();
  get.set_request_id(2);
  get.mutable_get_order()->set_account_id(1);
  get.mutable_get_order()->set_client_order_id("read-me");
  pb::Command& list = *batch.add_commands();
  list.set_request_id(3);
  list.mutable_list_instruments();
  pb::Command& check = *batch.add_commands();
  check.set_request_id(4);
  *check.mutable_check_order() = limit_order(1, "AAPL", pb::BUY, 1, 100'000'000).place_order();
  session.send(batch);
  const std::vector<pb::Result> results = session.receive(4);
  ASSERT_EQ(results.size(), 4U);
  EXPECT_EQ(results[1].order().order().quantity(), 7);
  EXPECT_EQ(results[1].order().order().order_id(), results[0].order().order().order_id());
  EXPECT_EQ(results[1].sequence(), results[0].sequence());
  ASSERT_EQ(results[2].instruments().instruments_size(), 1);
  EXPECT_EQ(results[2].instruments().instruments(0).symbol(), "AAPL");
  EXPECT_EQ(results[3].rejection().code(), pb::INSUFFICIENT_FUNDS);
}

TEST_F(SessionTest, RepeatsTheFirstAnswerForAClientOrderIdAfterARestart) {
  std::uint64_t order_id = 0;
  {
    TestSession session(port());
    order_id =
        session.ask(limit_order(1, "AAPL", pb::BUY, 10, 100, "once")).order().order().order_id();
  }
  stop();
  start(Start::kRecover);
  TestSession session(port());
  const pb::Result again = session.ask(limit_order(1, "AAPL", pb::BUY, 10, 100, "once"));
  EXPECT_TRUE(again.order().duplicate());
  EXPECT_EQ(again.order().order().order_id(), order_id);
  const pb::Result other = session.ask(limit_order(1, "AAPL", pb::BUY, 11, 100, "once"));
  EXPECT_EQ(other.rejection().code(), pb::DUPLICATE_CLIENT_ORDER_ID);
}

TEST_F(SessionTest, RejectsWhatIsMalformedNamingTheField) {
  TestSession session(port());
  pb::Command order = limit_order(1, "aapl", pb::BUY, 10, 100);
  EXPECT_EQ(session.ask(order).rejection().code(), pb::UNKNOWN_SYMBOL);
  order = limit_order(1, "AAPL", pb::BUY, 10, 100, "not an id");
  pb::Result result = session.ask(order);
  EXPECT_EQ(result.rejection().code(), pb::INVALID_ORDER);
  EXPECT_TRUE(result.rejection().message().starts_with("client_order_id: "));
  order = limit_order(1, "AAPL", pb::BUY, 10, 100, std::string(37, 'x'));
  result = session.ask(order);
  EXPECT_EQ(result.rejection().code(), pb::INVALID_ORDER);
  EXPECT_TRUE(result.rejection().message().starts_with("client_order_id: "));
  order.mutable_place_order()->mutable_client_order_id()->pop_back();
  EXPECT_TRUE(session.ask(order).has_order());
  order = limit_order(1, "AAPL", pb::SIDE_UNSPECIFIED, 10, 100);
  result = session.ask(order);
  EXPECT_EQ(result.rejection().code(), pb::INVALID_ORDER);
  EXPECT_TRUE(result.rejection().message().starts_with("side: "));
  order.mutable_place_order()->set_side(pb::BUY);
  order.mutable_place_order()->set_type(static_cast<pb::OrderType>(99));
  EXPECT_TRUE(session.ask(order).rejection().message().starts_with("type: 99"));
  EXPECT_EQ(session.ask(pb::Command()).rejection().code(), pb::INVALID_COMMAND);
  pb::Command instrument = define_instrument("MSFT");
  instrument.mutable_define_instrument()->mutable_instrument()->set_price_scale(300);
  EXPECT_TRUE(session.ask(instrument).rejection().message().starts_with("price_scale: "));
  EXPECT_EQ(session.ask(limit_order(1, "MSFT", pb::BUY, 10, 100)).rejection().code(),
            pb::UNKNOWN_SYMBOL);
}

// It is the reading that stops: nothing is lost, and nothing piles up without bound.
TEST_F(SessionTest, WaitsForAClientThatDoesNotReadItsResults) {
  settings_.session.window = 100;
  stop();
  start(Start::kRecover);
  TestSession session(port());
  constexpr std::uint64_t kBatches = 3'000;  // More than all buffers between the two hold.
  std::atomic<std::uint64_t> sent = 0;
  std::thread sender([&session, &sent] {
    pb::CommandBatch batch;
    for (std::uint64_t i = 0; i < 100; ++i) {
      *batch.add_commands() = limit_order(1, "NONE", pb::BUY, 1, 1, std::string(36, 'x'));
    }
    for (; sent < kBatches; ++sent)
      session.send(batch);
  });
  // As long as nobody reads, the sender gets no further; and then it does.
  while (sent == 0)
    std::this_thread::yield();
  for (std::uint64_t before = kBatches; std::exchange(before, sent) != sent;)
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_LT(sent.load(), kBatches);
  const std::vector<pb::Result> results = session.receive(kBatches * 100);
  sender.join();
  EXPECT_EQ(results.size(), kBatches * 100);
}

TEST_F(SessionTest, TakesNothingOfABatchThatIsTooLarge) {
  pb::CommandBatch batch;
  *batch.add_commands() = limit_order(2, "AAPL", pb::SELL, 100, 15'000, "s-1");
  for (int i = 1; i < 65'536; ++i)
    batch.add_commands();
  {
    // The largest that is taken: what the window has no room for is refused one by one.
    TestSession session(port());
    session.send(batch);
    const std::vector<pb::Result> results = session.receive(65'536);
    ASSERT_EQ(results.size(), 65'536U);
    EXPECT_EQ(std::ranges::count_if(results, [](const auto& result) { return result.has_order(); }),
              1);
  }
  batch.mutable_commands(0)->mutable_place_order()->set_client_order_id("s-2");
  batch.add_commands();
  TestSession session(port());
  session.send(batch);
  EXPECT_TRUE(session.receive(1).empty());
  EXPECT_EQ(session.finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  pb::Command lookup;
  lookup.mutable_get_order()->set_account_id(2);
  lookup.mutable_get_order()->set_client_order_id("s-2");
  EXPECT_EQ(TestSession(port()).ask(lookup).rejection().code(), pb::UNKNOWN_ORDER);
}

TEST_F(SessionTest, EndsTheStreamOfAClientThatIsSilent) {
  settings_.session.silence = std::chrono::milliseconds(200);
  settings_.session.heartbeat = std::chrono::milliseconds(50);
  stop();
  start(Start::kRecover);
  TestSession session(port());
  EXPECT_TRUE(session.receive(1).empty());
  EXPECT_EQ(session.finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(SessionTest, BeginsWhileTheLogTakesNoLineOfOneThatEnded) {
  settings_.session.silence = std::chrono::milliseconds(200);
  stop();
  start(Start::kRecover);
  TestSession silent(port());
  BlockedLog log;
  std::this_thread::sleep_for(std::chrono::seconds(1));
  auto window = std::async(std::launch::async, [this] {
    server_->gauges();
    return TestSession(port()).hello().window();
  });
  EXPECT_EQ(window.wait_for(std::chrono::seconds(10)), std::future_status::ready);
  log.release();
  EXPECT_EQ(window.get(), settings_.session.window);
}

TEST_F(SessionTest, SendsHeartbeatsWithTheDurableSequence) {
  settings_.session.heartbeat = std::chrono::milliseconds(50);
  stop();
  start(Start::kRecover);
  TestSession session(port());
  EXPECT_EQ(session.heartbeat().durable_sequence(), 6U);
  EXPECT_EQ(session.heartbeat().results_size(), 0);
}

TEST_F(SessionTest, AnswersALargeBatchInItsOrder) {
  TestSession session(port());
  constexpr std::uint64_t kOrders = 10'000;
  pb::CommandBatch batch;
  for (std::uint64_t i = 0; i < kOrders; ++i) {
    *batch.add_commands() = limit_order(1, "AAPL", pb::BUY, 1, 1);
    batch.mutable_commands()->rbegin()->set_request_id(i);
  }
  session.send(batch);
  const std::vector<pb::Result> results = session.receive(kOrders);
  ASSERT_EQ(results.size(), kOrders);
  for (std::uint64_t i = 1; i < kOrders; ++i) {
    ASSERT_EQ(results[i].request_id(), i);
    ASSERT_EQ(results[i].sequence(), results[i - 1].sequence() + 1);
  }
  EXPECT_TRUE(session.finish().ok());
}

// A client of gRPC takes no message of more than 4 MiB unless it is told to.
TEST_F(SessionTest, AnswersLargeResultsInMessagesThatAClientTakes) {
  TestSession session(port());
  constexpr std::uint64_t kOrders = 10'000;
  constexpr std::uint64_t kAccounts = 5;
  pb::CommandBatch cancels;
  for (std::uint64_t account = 10; account < 10 + kAccounts; ++account) {
    session.ask(open_account(account, 1'000'000));
    pb::CommandBatch orders;
    for (std::uint64_t i = 0; i < kOrders; ++i) {
      std::string id = std::to_string(i);
      id.resize(36, '-');
      *orders.add_commands() = limit_order(account, "AAPL", pb::BUY, 1, 1, id);
    }
    session.send(orders);
    ASSERT_EQ(session.receive(kOrders).size(), kOrders);
    cancels.add_commands()->mutable_cancel_all()->set_account_id(account);
  }
  session.send(cancels);
  const std::vector<pb::Result> results = session.receive(kAccounts);
  ASSERT_EQ(results.size(), kAccounts);
  for (std::uint64_t i = 0; i < kAccounts; ++i) {
    ASSERT_EQ(results[i].cancel_all().orders_size(), kOrders);
    EXPECT_EQ(results[i].cancel_all().orders(0).account_id(), 10 + i);
  }
}

}  // namespace
}  // namespace outcry
