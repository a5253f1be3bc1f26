#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include "server/metrics_server.h"
#include "server/metrics_text.h"
#include "server/test_venue.h"

namespace outcry {
namespace {

int connect_to(int port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  EXPECT_EQ(::connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  return connection;
}

std::string get(int port, const std::string& path) {
  const int connection = connect_to(port);
  const std::string request = "GET " + path + " HTTP/1.1\r\nHost: engine\r\n\r\n";
  EXPECT_EQ(::send(connection, request.data(), request.size(), 0),
            static_cast<ssize_t>(request.size()));
  std::string response;
  char part[4096];
  for (ssize_t got; (got = ::recv(connection, part, sizeof part, 0)) > 0;) {
    response.append(part, static_cast<std::size_t>(got));
  }
  ::close(connection);
  return response;
}

class MetricsTest : public TestVenue {
 protected:
  void SetUp() override {
    settings_.metrics_listen = "127.0.0.1:0";
    start(Start::kInit);
  }
};

TEST_F(MetricsTest, CountWhatHappened) {
  TestSession session(port());
  session.ask(define_instrument("AAPL"));
  session.ask(open_account(1, 100));
  const std::string response = get(server_->metrics_port(), "/metrics");
  EXPECT_TRUE(response.starts_with("HTTP/1.1 200 OK\r\n")) << response;
  EXPECT_NE(response.find("\noutcry_requests_total 2\n"), std::string::npos) << response;
  EXPECT_NE(response.find("\noutcry_events_total 3\n"), std::string::npos);
  EXPECT_NE(response.find("\noutcry_durable_sequence 3\n"), std::string::npos);
  EXPECT_NE(response.find("\noutcry_sessions 1\n"), std::string::npos);
  EXPECT_NE(response.find("\noutcry_disk_free_bytes "), std::string::npos);
  EXPECT_EQ(response.find("\noutcry_disk_free_bytes 0\n"), std::string::npos);
  EXPECT_NE(response.find("\noutcry_sync_seconds_count 2\n"), std::string::npos);
  EXPECT_NE(response.find("\noutcry_group_entries_bucket{le=\"4\"} 2\n"), std::string::npos);
}

TEST_F(MetricsTest, AreNotHeldUpByAClientThatSendsAByteNowAndThen) {
  const int slow = connect_to(server_->metrics_port());
  std::jthread sender([slow](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (::send(slow, "G", 1, MSG_NOSIGNAL) != 1) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  });
  const auto began = std::chrono::steady_clock::now();
  EXPECT_TRUE(get(server_->metrics_port(), "/metrics").starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
  sender.request_stop();
  sender.join();
  ::close(slow);
}

TEST_F(MetricsTest, AreAtOnePathAlone) {
  EXPECT_TRUE(get(server_->metrics_port(), "/").starts_with("HTTP/1.1 404 "));
}

// A rate is the difference of two sums that have grown for weeks.
TEST(MetricsText, TellsLargeSumsToTheLastUnit) {
  PipelineMetrics metrics;
  metrics.sync_microseconds.record(123'456'789'012);
  metrics.group_entries.record(1'234'567'890'123);
  const std::string text = metrics_text(metrics, Gauges{});
  EXPECT_NE(text.find("\noutcry_sync_seconds_sum 123456.789012\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\noutcry_group_entries_sum 1234567890123\n"), std::string::npos) << text;
}

TEST(MetricsServer, SaysWhyThereAreNoneAndGoesOn) {
  std::atomic<bool> fails = true;
  MetricsServer server("127.0.0.1:0", [&fails]() -> std::string {
    if (fails) throw std::runtime_error("the disk does not tell");
    return "all_is_well 1\n";
  });
  const std::string failed = get(server.port(), "/metrics");
  EXPECT_TRUE(failed.starts_with("HTTP/1.1 500 ")) << failed;
  EXPECT_NE(failed.find("the disk does not tell"), std::string::npos) << failed;
  fails = false;
  EXPECT_TRUE(get(server.port(), "/metrics").ends_with("all_is_well 1\n"));
}

}  // namespace
}  // namespace outcry
