#include "server_process.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace outcry::bench {
namespace {

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  return ends;
}

// Says where it serves, and serves until the other side closes `end`.
[[noreturn]] void serve(const ServerProcess::Start& start, int end, int port_out) {
  const ServerProcess::Server server = start();
  bool failed = ::write(port_out, &server.port, sizeof server.port) != sizeof server.port;
  char byte = 0;
  failed = ::read(end, &byte, 1) != 0 || failed;
  server.stop();
  ::_exit(failed ? 1 : 0);
}

}  // namespace

ServerProcess::ServerProcess(const Start& start) {
  const std::array<int, 2> end = make_pipe();
  const std::array<int, 2> port = make_pipe();
  end_ = end[1];
  pid_ = ::fork();
  if (pid_ == 0) {
    ::close(end[1]);
    serve(start, end[0], port[1]);
  }
  ::close(end[0]);
  ::close(port[1]);
  const bool served = ::read(port[0], &port_, sizeof port_) == sizeof port_;
  ::close(port[0]);
  if (!served) throw std::runtime_error("the server does not serve");
}

ServerProcess::~ServerProcess() {
  ::close(end_);
  ::waitpid(pid_, nullptr, 0);
}

double ServerProcess::processor_seconds() const {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
    throw std::runtime_error("the server has ended");
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

}  // namespace outcry::bench
