// A client that stops answering without closing its connection, as when its machine loses power or
// its network: the kernel of a stopped process goes on taking bytes, so that nothing but the
// engine's probes can tell.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "server/test_venue.h"

namespace outcry {
namespace {

constexpr std::chrono::seconds kPatience{60};

// In a process of its own.
class QuietClient {
 public:
  explicit QuietClient(int port) {
    int pipe[2];
    if (::pipe(pipe) != 0) throw std::runtime_error("no pipe");
    const std::string text = std::to_string(port);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(pipe[1], STDOUT_FILENO);
      ::execl(OUTCRY_QUIET_CLIENT, OUTCRY_QUIET_CLIENT, text.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(pipe[1]);
    char line[16] = {};
    connected_ = ::read(pipe[0], line, sizeof line) > 0;
    ::close(pipe[0]);
  }
  ~QuietClient() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  QuietClient(const QuietClient&) = delete;
  QuietClient& operator=(const QuietClient&) = delete;

  bool connected() const { return connected_; }
  void freeze() const { ::kill(pid_, SIGSTOP); }

 private:
  pid_t pid_ = -1;
  bool connected_ = false;
};

class DeadPeerTest : public TestVenue {
 protected:
  void SetUp() override {
    // Longer than the test, so that only the probes can end what is there.
    settings_.session.silence = std::chrono::hours(1);
    settings_.feed.stall = std::chrono::hours(1);
    settings_.keepalive = {std::chrono::milliseconds(200), std::chrono::seconds(3)};
    start(Start::kInit);
  }

  std::size_t streams() const { return server_->gauges().sessions + server_->gauges().subscribers; }

  void wait_until_fewer_than(std::size_t count) const {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (streams() >= count && std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
  }
};

TEST_F(DeadPeerTest, IsNoticedAndWhatItHoldsIsFree) {
  const QuietClient client(port());
  ASSERT_TRUE(client.connected());
  EXPECT_EQ(streams(), 2U);
  client.freeze();
  wait_until_fewer_than(1);
  EXPECT_EQ(streams(), 0U);
}

TEST_F(DeadPeerTest, IsToldFromOneThatIsAliveAndHasNothingToSay) {
  const QuietClient alive(port());
  const QuietClient dead(port());
  ASSERT_TRUE(alive.connected());
  ASSERT_TRUE(dead.connected());
  EXPECT_EQ(streams(), 4U);
  dead.freeze();
  // Meanwhile the other was probed a dozen times, and answered.
  wait_until_fewer_than(3);
  EXPECT_EQ(streams(), 2U);
}

}  // namespace
}  // namespace outcry
