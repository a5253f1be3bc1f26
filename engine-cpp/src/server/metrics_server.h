#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace outcry {

// Answers GET /metrics over plain HTTP, one connection at a time, on a thread of its own.
class MetricsServer {
 public:
  using Source = std::function<std::string()>;

  // `listen` is a numeric IPv4 address and a port. Throws std::runtime_error when it cannot listen
  // there. `source` is called on the server's thread; when it throws, the answer is 500.
  MetricsServer(const std::string& listen, Source source);
  ~MetricsServer();
  MetricsServer(const MetricsServer&) = delete;
  MetricsServer& operator=(const MetricsServer&) = delete;

  int port() const { return port_; }

 private:
  void run();
  void answer(int connection) const;
  std::string respond(std::string_view head) const;

  const Source source_;
  int listener_;
  int stop_[2];  // a pipe whose closing ends the thread
  int port_ = 0;
  std::thread thread_;
};

}  // namespace outcry
