#include "server/metrics_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace outcry {
namespace {

constexpr int kBacklog = 16;
constexpr int kPatienceMs = 1'000;

sockaddr_in parse(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  const std::string host = listen.substr(0, colon);
  const std::string_view port_text = std::string_view(listen).substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, failure] =
      std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (colon == std::string::npos || failure != std::errc{} ||
      end != port_text.data() + port_text.size() ||
      ::inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) {
    throw std::runtime_error("cannot listen on " + listen + ": not an IPv4 address and a port");
  }
  return address;
}

using Clock = std::chrono::steady_clock;

// Whether it is ready before the deadline.
bool ready(int descriptor, short events, Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
  pollfd wait{descriptor, events, 0};
  return left.count() > 0 && ::poll(&wait, 1, static_cast<int>(left.count())) == 1;
}

// The head of a request, or what came of it in time.
std::string read_head(int connection, Clock::time_point deadline) {
  std::string head;
  std::array<char, 1024> part{};
  while (head.size() < 8 * part.size() && head.find("\r\n\r\n") == std::string::npos &&
         ready(connection, POLLIN, deadline)) {
    const ssize_t got = ::recv(connection, part.data(), part.size(), 0);
    if (got <= 0) break;
    head.append(part.data(), static_cast<std::size_t>(got));
  }
  return head;
}

void send_all(int connection, std::string_view text, Clock::time_point deadline) {
  while (!text.empty() && ready(connection, POLLOUT, deadline)) {
    const ssize_t put = ::send(connection, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (put <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
}

std::string response(std::string_view status, const std::string& body) {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace

MetricsServer::MetricsServer(const std::string& listen, Source source)
    : source_(std::move(source)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = parse(listen);
  const int on = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, length) != 0 || ::listen(listener_, kBacklog) != 0 ||
      ::getsockname(listener_, generic, &length) != 0 || ::pipe2(stop_, O_CLOEXEC) != 0) {
    ::close(listener_);
    throw std::runtime_error("cannot listen on " + listen);
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "metrics");
}

MetricsServer::~MetricsServer() {
  ::close(stop_[1]);
  thread_.join();
  ::close(stop_[0]);
  ::close(listener_);
}

void MetricsServer::run() {
  std::array<pollfd, 2> wait{{{listener_, POLLIN, 0}, {stop_[0], POLLIN, 0}}};
  while (::poll(wait.data(), wait.size(), -1) >= 0 && wait[1].revents == 0) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) {
      // Without a descriptor to spare the connection stays, and would be tried again at once.
      ::poll(&wait[1], 1, kPatienceMs);
      continue;
    }
    answer(connection);
    ::close(connection);
  }
}

void MetricsServer::answer(int connection) const {
  // For all of it: a client that sends a byte now and then keeps nobody else waiting.
  const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(kPatienceMs);
  const std::string head = read_head(connection, deadline);
  send_all(connection, respond(head), deadline);
}

std::string MetricsServer::respond(std::string_view head) const {
  if (!head.starts_with("GET /metrics ")) return response("404 Not Found", "GET /metrics\n");
  try {
    return response("200 OK", source_());
  } catch (const std::exception& failure) {
    // Such as a disk that does not tell what is free: no reason to end the engine.
    return response("500 Internal Server Error", std::string(failure.what()) + "\n");
  }
}

}  // namespace outcry
