#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "engine/engine_settings.h"
#include "journal/disk.h"
#include "pipeline/metrics.h"
#include "pipeline/snapshot.h"

namespace outcry {

struct SnapshotSettings {
  // A snapshot is taken whenever the journal has grown by so much; 0: never.
  std::uint64_t journal_bytes = std::uint64_t{256} << 20;
  // Left free on the disk for the journal.
  std::uint64_t reserve_bytes = std::uint64_t{3} * (std::uint64_t{64} << 20);
};

// What of the journal is durable.
struct JournalProgress {
  Sequence sequence = 0;
  std::uint64_t bytes = 0;  // since the newest snapshot there was at the beginning
};

// Takes snapshots while the engine runs, on a thread of its own that gives way to all others.
// Thread-safe.
class Snapshotter {
 public:
  using Progress = std::function<JournalProgress()>;
  // Told of each snapshot, and of each that could not be taken for want of space.
  using Report = std::function<void(const std::string& text, bool is_warning)>;
  // Told of a disk that fails and of a damaged journal; must not return.
  using FailStop = std::function<void(const std::string& reason)>;

  Snapshotter(Disk& disk, const EngineSettings& engine, const SnapshotSettings& settings,
              Progress progress, Report report, FailStop fail_stop);
  ~Snapshotter();
  Snapshotter(const Snapshotter&) = delete;
  Snapshotter& operator=(const Snapshotter&) = delete;

  // Gives up what it is at.
  void stop();

  // How many it took.
  std::uint64_t taken() const { return taken_.value(); }

 private:
  void run(const std::stop_token& stop);
  void take(const JournalProgress& progress, const std::stop_token& stop);

  Disk& disk_;
  const EngineSettings engine_;
  const SnapshotSettings settings_;
  const Progress progress_;
  const Report report_;
  const FailStop fail_stop_;
  Counter taken_;
  std::uint64_t taken_at_bytes_ = 0;  // of the thread alone
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::jthread thread_;
};

}  // namespace outcry
