#pragma once

#include <sys/types.h>

#include <string>

namespace outcry::bench {

// A whole engine over an empty directory, in a process of its own as in a venue. To be made before
// this process uses gRPC. Single thread.
class EngineProcess {
 public:
  explicit EngineProcess(const std::string& directory);
  ~EngineProcess();
  EngineProcess(const EngineProcess&) = delete;
  EngineProcess& operator=(const EngineProcess&) = delete;

  // Where it serves on 127.0.0.1.
  int port() const { return port_; }

  // What it has used so far.
  double processor_seconds() const;

 private:
  pid_t pid_;
  int end_;  // a pipe whose closing ends it
  int port_ = 0;
};

}  // namespace outcry::bench
