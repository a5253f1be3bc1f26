// The engine's executable, killed under load and started again: nothing acknowledged is missing,
// nothing happens twice, the feed has no gap, and the journal verifies.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

constexpr int kCrashes = 5;
constexpr std::uint64_t kBatch = 50;

// A child process; its standard error is read until it says where it serves.
class EngineProcess {
 public:
  EngineProcess(const std::string& directory, std::vector<std::string> arguments) {
    int pipe[2];
    if (::pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(pipe[1], STDERR_FILENO);
      execute(directory, std::move(arguments));
    }
    ::close(pipe[1]);
    error_ = ::fdopen(pipe[0], "r");
  }

  ~EngineProcess() {
    if (pid_ > 0) kill();
    std::fclose(error_);
  }

  // Reads until it serves; 0: it ended before.
  int wait_for_port() {
    char line[512];
    while (std::fgets(line, sizeof line, error_) != nullptr) {
      const std::string_view text(line);
      const std::size_t at = text.find("serving on port ");
      if (at != std::string_view::npos) return std::atoi(line + at + 16);
    }
    return 0;
  }

  void kill() {
    ::kill(pid_, SIGKILL);
    wait();
  }

  int wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  [[noreturn]] static void execute(const std::string& directory,
                                   std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), OUTCRY_ENGINE_BINARY);
    std::vector<char*> argv;
    for (std::string& argument : arguments)
      argv.push_back(argument.data());
    argv.push_back(nullptr);
    ::setenv("OUTCRY_ENGINE_DATA", directory.c_str(), 1);
    ::setenv("OUTCRY_ENGINE_LISTEN", "127.0.0.1:0", 1);
    ::setenv("OUTCRY_ENGINE_SEGMENT_MIB", "1", 1);
    ::setenv("OUTCRY_ENGINE_SNAPSHOT_MIB", "1", 1);
    ::execv(OUTCRY_ENGINE_BINARY, argv.data());
    ::_exit(127);
  }

  pid_t pid_ = -1;
  std::FILE* error_ = nullptr;
};

class CrashTest : public testing::Test {
 protected:
  CrashTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "outcry-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
  }
  ~CrashTest() override { std::filesystem::remove_all(directory_); }

  // Sends batches of orders until the stream ends; some orders are never answered.
  void load(int port) {
    TestSession session(port);
    while (true) {
      pb::CommandBatch batch;
      for (std::uint64_t i = 0; i < kBatch; ++i) {
        const std::uint64_t id = ++last_id_;
        *batch.add_commands() = order(id);
        batch.mutable_commands()->rbegin()->set_request_id(id);
      }
      session.send(batch);
      const std::vector<pb::Result> results = session.receive(kBatch);
      for (const pb::Result& result : results) {
        acknowledged_[result.request_id()] = result.order().order().order_id();
      }
      if (results.size() < kBatch) break;
      ++answered_batches_;
      answered_batches_.notify_all();
    }
    stream_ended_ = true;
    ++answered_batches_;
    answered_batches_.notify_all();
  }

  void wait_for_answered(std::uint64_t batches) {
    for (std::uint64_t answered = 0; answered < batches && !stream_ended_;
         answered = answered_batches_) {
      answered_batches_.wait(answered);
    }
  }

  static pb::Command order(std::uint64_t id) {
    return limit_order(1 + id % 2, "AAPL", id % 2 == 0 ? pb::BUY : pb::SELL, 1,
                       static_cast<std::int64_t>(100 + id % 5), std::to_string(id));
  }

  void check_acknowledged(TestSession& session) {
    for (const auto& [id, order_id] : acknowledged_) {
      pb::Command get;
      get.mutable_get_order()->set_account_id(1 + id % 2);
      get.mutable_get_order()->set_client_order_id(std::to_string(id));
      ASSERT_EQ(session.ask(get).order().order().order_id(), order_id) << "order " << id;
    }
  }

  // What nobody knows the fate of is sent again, as a client would.
  void resolve_unknown(TestSession& session) {
    for (std::uint64_t id = 1; id <= last_id_; ++id) {
      if (acknowledged_.contains(id)) continue;
      const pb::Result result = session.ask(order(id));
      ASSERT_TRUE(result.has_order()) << result.ShortDebugString();
      acknowledged_[id] = result.order().order().order_id();
    }
  }

  static std::uint64_t last_sequence(TestSession& session) {
    pb::Command list;
    list.mutable_list_instruments();
    return session.ask(list).sequence();
  }

  void check_feed(int port, std::uint64_t last_sequence) {
    TestSubscription subscription(port, 0);
    std::set<std::string> placed;
    const std::vector<pb::Event> events = subscription.receive(last_sequence);
    ASSERT_EQ(events.size(), last_sequence);
    for (std::size_t i = 0; i < events.size(); ++i) {
      ASSERT_EQ(events[i].sequence(), i + 1);
      if (!events[i].has_order_accepted()) continue;
      const std::string& id = events[i].order_accepted().terms().client_order_id();
      ASSERT_TRUE(placed.insert(id).second) << id << " was executed twice";
    }
    ASSERT_EQ(placed.size(), last_id_);
  }

  std::string directory_;
  std::uint64_t last_id_ = 0;
  std::map<std::uint64_t, std::uint64_t> acknowledged_;  // client's id to order id
  std::atomic<std::uint64_t> answered_batches_ = 0;
  std::atomic<bool> stream_ended_ = false;
};

TEST_F(CrashTest, KeepsWhatItAcknowledgedWhenItIsKilled) {
  std::mt19937_64 random(20'240'101);
  for (int crash = 0; crash <= kCrashes && !HasFatalFailure(); ++crash) {
    EngineProcess engine(directory_, crash == 0 ? std::vector<std::string>{"serve", "--init"}
                                                : std::vector<std::string>{"serve"});
    const int port = engine.wait_for_port();
    ASSERT_NE(port, 0);
    TestSession session(port);
    if (crash == 0) {
      session.ask(define_instrument("AAPL"));
      session.ask(open_account(1, 1'000'000'000'000));
      session.ask(open_account(2, 1'000'000'000'000));
      session.ask(deposit_position(1, "AAPL", 1'000'000'000));
      session.ask(deposit_position(2, "AAPL", 1'000'000'000));
    }
    check_acknowledged(session);
    resolve_unknown(session);
    if (HasFatalFailure()) return;
    check_feed(port, last_sequence(session));
    if (crash == kCrashes) break;
    answered_batches_ = 0;
    stream_ended_ = false;
    std::thread client([&] { load(port); });
    const std::uint64_t batches = 1 + random() % 20;
    wait_for_answered(batches);
    engine.kill();
    client.join();
  }
  EngineProcess verify(directory_, {"verify", directory_});
  EXPECT_EQ(verify.wait(), 0);
}

}  // namespace
}  // namespace outcry
