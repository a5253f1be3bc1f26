#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace outcry::bench {

// A server in a process of its own, as in a venue. To be made before this process uses gRPC. Single
// thread.
class ServerProcess {
 public:
  // Serves in the process that it is called in.
  struct Server {
    int port;
    std::function<void()> stop;
  };
  using Start = std::function<Server()>;

  explicit ServerProcess(const Start& start);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // On 127.0.0.1.
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  // What it has used so far.
  double processor_seconds() const;

 private:
  pid_t pid_;
  int end_;  // a pipe whose closing ends it
  int port_ = 0;
};

}  // namespace outcry::bench
