#pragma once

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <thread>

#include "server/stop_deadline.h"

namespace outcry {

// Waits for SIGTERM or SIGINT on a thread of its own. The stop's deadline counts from the signal
// on, whatever the process is at: recovery may take long, too. One thread makes and uses it, before
// any other thread is made, so that all leave these signals to it.
class StopSignal {
 public:
  // From the signal until its end the process has so long.
  explicit StopSignal(std::chrono::milliseconds patience);
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  // Returns when the signal has come.
  void wait();

 private:
  void run();

  const std::chrono::milliseconds patience_;
  sigset_t signals_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  bool came_ = false;
  bool over_ = false;
  std::optional<StopDeadline> deadline_;

  std::thread thread_;
};

}  // namespace outcry
