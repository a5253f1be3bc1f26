#include "server/engine_server.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <utility>

#include "journal/presence.h"
#include "server/exit_status.h"
#include "server/log.h"

namespace outcry {
namespace {

constexpr const char* kInitHint = "; to begin an empty journal there, start with --init";

// What was not acknowledged may be on disk or not: recovery will tell. Nothing else may be done.
[[noreturn]] void fail_stop(const std::string& reason) {
  log(Level::kError, reason + "; the engine ends, start it again to recover");
  ::_exit(kExitDisk);
}

Timestamp now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string ensure_directory(const std::string& directory, Start start) {
  if (start == Start::kInit) {
    make_directory(directory);
  } else if (!std::filesystem::is_directory(directory)) {
    throw MissingJournal("there is no directory " + directory + kInitHint);
  }
  return directory;
}

void report(const RecoveredEngine& recovered, std::chrono::steady_clock::duration took) {
  for (const std::string& reason : recovered.passed_over)
    log(Level::kWarning, reason + "; recovery began with what there is before it");
  const JournalScan& scan = recovered.scan;
  if (scan.torn_bytes != 0) {
    log(Level::kWarning, "cut a torn frame of " + std::to_string(scan.torn_bytes) +
                             " bytes, never acknowledged, behind sequence " +
                             std::to_string(scan.tail.position.sequence));
  }
  std::string text = "recovered ";
  if (recovered.snapshot != 0) {
    text += "the snapshot of sequence " + std::to_string(recovered.snapshot) + " and ";
  }
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  log(Level::kInfo, text + std::to_string(scan.events) + " events to sequence " +
                        std::to_string(scan.tail.position.sequence) + " in " +
                        std::to_string(milliseconds) + " ms");
}

}  // namespace

EngineServer::EngineServer(const Settings& settings, Start start)
    : lock_(ensure_directory(settings.data_directory, start)),
      disk_(settings.data_directory),
      recovered_(recover(settings, start)),
      spare_(disk_, settings.segment_bytes, settings.reserve()),
      writer_(disk_, settings.journal(), spare_, recovered_.scan.tail),
      feed_(settings.feed, disk_, recovered_.engine, fail_stop),
      pipeline_(std::make_unique<Pipeline>(settings.pipeline, recovered_.engine, writer_, feed_,
                                           now, fail_stop)),
      preparer_(std::make_unique<SparePreparer>(
          spare_, [this](bool is_short) { watch_space(is_short); }, fail_stop)),
      snapshotter_(std::make_unique<Snapshotter>(
          disk_, settings.engine, settings.snapshots, [this] { return progress(); },
          [](const std::string& text, bool is_warning) {
            log(is_warning ? Level::kWarning : Level::kInfo, text);
          },
          fail_stop)),
      server_(std::make_unique<GrpcServer>(settings, pipeline_->input(), feed_)) {
  serve_metrics(settings.metrics_listen);
  server_->set_serving(true);
  log(Level::kInfo, "serving on port " + std::to_string(server_->port()) +
                        (settings.tls.given() ? " with mutual TLS" : ""));
}

void EngineServer::serve_metrics(const std::string& listen) {
  if (listen.empty()) return;
  try {
    metrics_ = std::make_unique<MetricsServer>(
        listen, [this] { return metrics_text(pipeline_->metrics(), gauges()); });
  } catch (const std::exception&) {
    // The gRPC port is open already: whoever came by it is still to be answered.
    stop();
    throw;
  }
}

EngineServer::~EngineServer() {
  stop();
}

void EngineServer::stop() {
  if (std::exchange(stopped_, true)) return;
  server_->set_serving(false);
  snapshotter_->stop();
  pipeline_->stop();
  server_->drain();
  feed_.stop();
  server_->stop();
}

Gauges EngineServer::gauges() const {
  return {.durable_sequence = feed_.durable_sequence(),
          .queue_depth = pipeline_->input().depth(),
          .refused = server_->refused(),
          .short_of_space = pipeline_->input().short_of_space(),
          .disk_free_bytes = disk_.free_bytes(),
          .snapshots = snapshotter_->taken(),
          .sessions = server_->sessions(),
          .subscribers = feed_.subscribers(),
          .subscriber_lag = feed_.lag()};
}

void EngineServer::watch_space(bool is_short) {
  pipeline_->input().set_short_of_space(is_short);
  if (is_short) {
    log(Level::kWarning,
        "the disk is nearly full: only cancels are taken until there is space for two segments "
        "of the journal, or OUTCRY_ENGINE_RESERVE_MIB");
  } else {
    log(Level::kInfo, "there is space again: all commands are taken");
  }
}

JournalProgress EngineServer::progress() const {
  return {feed_.durable_sequence(),
          recovered_.scan.bytes + pipeline_->metrics().journal_bytes.value()};
}

RecoveredEngine EngineServer::recover(const Settings& settings, Start start) {
  const bool exists = journal_exists(disk_);
  if (start == Start::kRecover && !exists) {
    throw MissingJournal("there is no journal in " + settings.data_directory + kInitHint);
  }
  if (start == Start::kInit) {
    if (exists) {
      throw JournalExists("the data directory " + settings.data_directory +
                          " holds a journal already; start without --init");
    }
    create_journal(disk_, settings.journal());
    log(Level::kInfo, "began an empty journal in " + settings.data_directory);
  }
  const auto began = std::chrono::steady_clock::now();
  RecoveredEngine recovered = recover_engine(disk_, settings.engine);
  repair_journal(disk_, recovered.scan);
  report(recovered, std::chrono::steady_clock::now() - began);
  shorten_tail(settings, recovered);
  return recovered;
}

// An engine that never runs for long enough to take a snapshot has more to recover each time: then
// one is taken before it serves.
void EngineServer::shorten_tail(const Settings& settings, RecoveredEngine& recovered) {
  const SnapshotSettings& snapshots = settings.snapshots;
  if (snapshots.journal_bytes == 0 || recovered.scan.bytes < 2 * snapshots.journal_bytes) return;
  try {
    const TakenSnapshot taken =
        save_snapshot(disk_, settings.engine, recovered.engine, recovered.position,
                      recovered.snapshot, snapshots.reserve_bytes);
    recovered.scan.bytes = 0;
    log(Level::kInfo, "took a snapshot at sequence " + std::to_string(taken.sequence) +
                          " before serving: there was much to recover");
  } catch (const DiskError& failure) {
    if (failure.cause() != ENOSPC && failure.cause() != EDQUOT) throw;
    log(Level::kWarning, "no snapshot, for want of space: " + std::string(failure.what()));
  }
}

}  // namespace outcry
