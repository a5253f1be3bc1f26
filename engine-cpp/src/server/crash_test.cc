// The engine's executable, killed under load and started again: nothing acknowledged is missing,
// nothing happens twice, the feed has no gap, and the journal verifies each time.
//
//   OUTCRY_CRASHES=100   how often (5)
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <deque>
#include <random>
#include <string>
#include <thread>
#include <unordered_set>

#include "server/engine_process.h"
#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

constexpr int kClients = 4;
constexpr std::uint64_t kBatch = 200;
constexpr std::uint64_t kBatchesUnderWay = 4;

int crashes() {
  const char* text = std::getenv("OUTCRY_CRASHES");
  return text == nullptr ? 5 : std::stoi(text);
}

// A client of its own thread: sends batches of orders until the stream ends, and remembers what it
// was told. Order n of client c has the client order id c-n.
class LoadClient {
 public:
  explicit LoadClient(int number) : number_(number) {}

  void load(int port, std::atomic<std::uint64_t>& answered_batches) {
    TestSession session(port);
    std::uint64_t under_way = 0;
    while (true) {
      send(session);
      if (++under_way < kBatchesUnderWay) continue;
      const bool whole = receive(session);
      ++answered_batches;
      answered_batches.notify_all();
      if (!whole) return;
      --under_way;
    }
  }

  // Of what was sent since the last call: what was acknowledged is there, under the same order id,
  // and what nobody knows the fate of is sent again, as a client would.
  void settle(TestSession& session) {
    for (; settled_ < order_ids_.size(); settled_ += kBatch) {
      pb::CommandBatch batch;
      for (std::uint64_t n = settled_; n < settled_ + kBatch; ++n)
        add(batch, n, order_ids_[n] != 0 ? get_order(n) : order(n));
      session.send(batch);
      for (const pb::Result& result : session.receive(kBatch)) {
        std::uint64_t& known = order_ids_[result.request_id()];
        ASSERT_TRUE(result.has_order()) << result.ShortDebugString();
        if (known != 0) {
          ASSERT_EQ(result.order().order().order_id(), known) << id(result.request_id());
        }
        known = result.order().order().order_id();
      }
    }
  }

  std::uint64_t sent() const { return order_ids_.size(); }
  void check_again(TestSession& session) {
    settled_ = 0;
    settle(session);
  }

 private:
  static void add(pb::CommandBatch& batch, std::uint64_t n, const pb::Command& command) {
    *batch.add_commands() = command;
    batch.mutable_commands()->rbegin()->set_request_id(n);
  }

  void send(TestSession& session) {
    pb::CommandBatch batch;
    const std::uint64_t first = order_ids_.size();
    order_ids_.resize(first + kBatch);
    for (std::uint64_t n = first; n < first + kBatch; ++n)
      add(batch, n, order(n));
    session.send(batch);
  }

  // False: the stream ended.
  bool receive(TestSession& session) {
    const std::vector<pb::Result> results = session.receive(kBatch);
    for (const pb::Result& result : results)
      order_ids_[result.request_id()] = result.order().order().order_id();
    return results.size() == kBatch;
  }

  std::string id(std::uint64_t n) const {
    return std::to_string(number_).append("-").append(std::to_string(n));
  }

  pb::Command order(std::uint64_t n) const {
    return limit_order(1 + n % 2, "AAPL", n % 2 == 0 ? pb::BUY : pb::SELL, 1,
                       static_cast<std::int64_t>(100 + n % 5), id(n));
  }

  pb::Command get_order(std::uint64_t n) const {
    pb::Command get;
    get.mutable_get_order()->set_account_id(1 + n % 2);
    get.mutable_get_order()->set_client_order_id(id(n));
    return get;
  }

  const int number_;
  std::vector<std::uint64_t> order_ids_;  // by n; 0: nobody knows
  std::uint64_t settled_ = 0;
};

// Sees every event once, over all lives of the engine.
class FeedWitness {
 public:
  void read_to(int port, std::uint64_t last_sequence) {
    TestSubscription subscription(port, sequence_);
    while (sequence_ < last_sequence) {
      const std::vector<pb::Event> events =
          subscription.receive(std::min<std::uint64_t>(1'000, last_sequence - sequence_));
      ASSERT_FALSE(events.empty()) << "the feed ends at " << sequence_;
      for (const pb::Event& event : events) {
        ASSERT_EQ(event.sequence(), ++sequence_);
        if (!event.has_order_accepted()) continue;
        const std::string& id = event.order_accepted().terms().client_order_id();
        ASSERT_TRUE(placed_.insert(id).second) << id << " was executed twice";
      }
    }
  }

  std::uint64_t sequence() const { return sequence_; }
  std::size_t placed() const { return placed_.size(); }

 private:
  std::uint64_t sequence_ = 0;
  std::unordered_set<std::string> placed_;
};

class CrashTest : public testing::Test {
 protected:
  CrashTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "outcry-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
    for (int i = 0; i < kClients; ++i)
      clients_.emplace_back(i);
  }
  ~CrashTest() override { std::filesystem::remove_all(directory_); }

  static void prepare(TestSession& session) {
    session.ask(define_instrument("AAPL"));
    for (const std::uint64_t account : {1, 2}) {
      session.ask(open_account(account, 1'000'000'000'000));
      session.ask(deposit_position(account, "AAPL", 1'000'000'000));
    }
  }

  void check(int port) {
    TestSession session(port);
    std::uint64_t sent = 0;
    for (LoadClient& client : clients_) {
      client.settle(session);
      sent += client.sent();
    }
    pb::Command list;
    list.mutable_list_instruments();
    if (!HasFatalFailure()) witness_.read_to(port, session.ask(list).sequence());
    if (!HasFatalFailure()) {
      ASSERT_EQ(witness_.placed(), sent);
    }
  }

  // Kills it after so many answers.
  void crash_under_load(EngineProcess& engine, int port, std::uint64_t batches) {
    std::atomic<std::uint64_t> answered = 0;
    std::vector<std::thread> threads;
    for (LoadClient& client : clients_)
      threads.emplace_back([&client, port, &answered, batches] {
        client.load(port, answered);
        // Its stream ended, by the kill or, on a machine that stood still, before it.
        answered += batches;
        answered.notify_all();
      });
    for (std::uint64_t seen = 0; seen < batches; seen = answered)
      answered.wait(seen);
    engine.kill();
    for (std::thread& thread : threads)
      thread.join();
  }

  void run_tool(const std::vector<std::string>& arguments) {
    EngineProcess tool(directory_, arguments);
    ASSERT_EQ(tool.wait(), 0) << arguments[0];
  }

  std::string directory_;
  std::deque<LoadClient> clients_;
  FeedWitness witness_;
};

TEST_F(CrashTest, KeepsWhatItAcknowledgedWhenItIsKilled) {
  std::mt19937_64 random(20'240'101);
  const int times = crashes();
  for (int crash = 0; crash <= times; ++crash) {
    EngineProcess engine(directory_, crash == 0 ? std::vector<std::string>{"serve", "--init"}
                                                : std::vector<std::string>{"serve"});
    const int port = engine.wait_for_port();
    ASSERT_NE(port, 0);
    if (crash == 0) {
      TestSession session(port);
      prepare(session);
    }
    check(port);
    if (HasFatalFailure()) return;
    if (crash == times) {
      TestSession session(port);
      for (LoadClient& client : clients_)
        client.check_again(session);
      break;
    }
    crash_under_load(engine, port, 1 + random() % 200);
    run_tool({"verify", directory_});
    if (HasFatalFailure()) return;
    // Snapshots come and go; so do segments.
    if (crash % 4 == 3 && list_snapshots(*std::make_unique<PosixDisk>(directory_)).size() > 1) {
      run_tool({"compact", directory_, std::to_string(witness_.sequence())});
    }
    if (HasFatalFailure()) return;
  }
  std::cout << times << " kills, " << witness_.placed() << " orders, each executed once, "
            << witness_.sequence() << " events without a gap\n";
}

}  // namespace
}  // namespace outcry
