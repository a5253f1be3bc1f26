#include "server/stop_signal.h"

#include <pthread.h>

#include "server/log.h"

namespace outcry {

StopSignal::StopSignal(std::chrono::milliseconds patience) : patience_(patience) {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "stop-signal");
}

StopSignal::~StopSignal() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
    if (!came_) pthread_kill(thread_.native_handle(), SIGTERM);
  }
  thread_.join();
}

void StopSignal::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return came_; });
}

void StopSignal::run() {
  int signal = 0;
  sigwait(&signals_, &signal);
  const std::lock_guard lock(mutex_);
  if (over_) return;
  log(Level::kInfo, "stopping");
  deadline_.emplace(patience_);
  came_ = true;
  changed_.notify_one();
}

}  // namespace outcry
