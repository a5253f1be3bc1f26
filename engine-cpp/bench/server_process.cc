#include "engine_process.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "server/engine_server.h"

namespace outcry::bench {
namespace {

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  return ends;
}

// Says where it serves, and serves until the other side closes `end`.
[[noreturn]] void serve(const std::string& directory, int end, int port_out) {
  Settings settings;
  settings.data_directory = directory;
  settings.listen = "127.0.0.1:0";
  EngineServer server(settings, Start::kInit);
  const int port = server.port();
  bool failed = ::write(port_out, &port, sizeof port) != sizeof port;
  char byte = 0;
  failed = ::read(end, &byte, 1) != 0 || failed;
  server.stop();
  ::_exit(failed ? 1 : 0);
}

}  // namespace

EngineProcess::EngineProcess(const std::string& directory) {
  const std::array<int, 2> end = make_pipe();
  const std::array<int, 2> port = make_pipe();
  end_ = end[1];
  pid_ = ::fork();
  if (pid_ == 0) {
    ::close(end[1]);
    serve(directory, end[0], port[1]);
  }
  ::close(end[0]);
  ::close(port[1]);
  const bool served = ::read(port[0], &port_, sizeof port_) == sizeof port_;
  ::close(port[0]);
  if (!served) throw std::runtime_error("the engine does not serve");
}

EngineProcess::~EngineProcess() {
  ::close(end_);
  ::waitpid(pid_, nullptr, 0);
}

double EngineProcess::processor_seconds() const {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
    throw std::runtime_error("the engine has ended");
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

}  // namespace outcry::bench
