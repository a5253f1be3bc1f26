#pragma once

#include <chrono>
#include <stop_token>
#include <thread>

namespace outcry {

// Ends the process with kExitStopLate unless it is gone before so long: a stop that waits for a
// disk or for a client must not last for ever. What was acknowledged is on disk by then. Single
// thread.
class StopDeadline {
 public:
  explicit StopDeadline(std::chrono::milliseconds patience);

 private:
  std::jthread thread_;
};

}  // namespace outcry
