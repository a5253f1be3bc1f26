#include "pipeline/snapshotter.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <exception>
#include <utility>

#include "journal/snapshot_file.h"

namespace outcry {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{100};
constexpr int kNiceness = 10;

std::string describe(const TakenSnapshot& snapshot, Clock::duration took) {
  return "took a snapshot at sequence " + std::to_string(snapshot.sequence) + ": " +
         std::to_string(snapshot.events) + " events after the one before, " +
         std::to_string(snapshot.bytes) + " bytes, " +
         std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()) +
         " ms";
}

}  // namespace

Snapshotter::Snapshotter(Disk& disk, const EngineSettings& engine, const SnapshotSettings& settings,
                         Progress progress, Report report, FailStop fail_stop)
    : disk_(disk),
      engine_(engine),
      settings_(settings),
      progress_(std::move(progress)),
      report_(std::move(report)),
      fail_stop_(std::move(fail_stop)) {
  if (settings_.journal_bytes == 0) return;
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  pthread_setname_np(thread_.native_handle(), "snapshotter");
}

Snapshotter::~Snapshotter() {
  stop();
}

void Snapshotter::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Snapshotter::run(const std::stop_token& stop) {
  // On Linux a thread has a niceness of its own.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    woken_.wait_for(lock, stop, kLook, [] { return false; });
    const JournalProgress progress = progress_();
    if (progress.bytes - taken_at_bytes_ >= settings_.journal_bytes) take(progress, stop);
  }
}

void Snapshotter::take(const JournalProgress& progress, const std::stop_token& stop) {
  // Also when it fails: the next attempt comes when the journal has grown again.
  taken_at_bytes_ = progress.bytes;
  const Clock::time_point began = Clock::now();
  try {
    const TakenSnapshot snapshot =
        take_snapshot(disk_, engine_, progress.sequence, settings_.reserve_bytes, stop);
    for (const std::string& reason : snapshot.passed_over)
      report_(reason, true);
    if (snapshot.sequence == 0) return;
    taken_.add(1);
    report_(describe(snapshot, Clock::now() - began), false);
  } catch (const SnapshotAbandoned&) {
    return;
  } catch (const DiskError& failure) {
    if (failure.cause() != ENOSPC && failure.cause() != EDQUOT) return fail_stop_(failure.what());
    report_("no snapshot, for want of space: " + std::string(failure.what()), true);
  } catch (const std::exception& failure) {
    fail_stop_(failure.what());
  }
}

}  // namespace outcry
