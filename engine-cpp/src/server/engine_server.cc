#include "server/engine_server.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <utility>

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
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    if (failure) throw DiskError("create", directory, failure.value());
  } else if (!std::filesystem::is_directory(directory)) {
    throw MissingJournal("there is no directory " + directory + kInitHint);
  }
  return directory;
}

}  // namespace

EngineServer::EngineServer(const Settings& settings, Start start)
    : lock_(ensure_directory(settings.data_directory, start)),
      disk_(settings.data_directory),
      engine_(settings.engine),
      spare_(disk_, settings.segment_bytes),
      writer_(disk_, settings.journal(), spare_, recover(settings, start)),
      feed_(settings.feed, disk_, engine_, fail_stop),
      pipeline_(
          std::make_unique<Pipeline>(settings.pipeline, engine_, writer_, feed_, now, fail_stop)),
      preparer_(std::make_unique<SparePreparer>(
          spare_, [this](bool is_short) { watch_space(is_short); }, fail_stop)),
      server_(std::make_unique<GrpcServer>(settings.listen, settings.session, pipeline_->input(),
                                           feed_)) {
  if (!settings.metrics_listen.empty()) {
    metrics_ = std::make_unique<MetricsServer>(
        settings.metrics_listen, [this] { return metrics_text(pipeline_->metrics(), gauges()); });
  }
  server_->set_serving(true);
  log(Level::kInfo, "serving on port " + std::to_string(server_->port()));
}

EngineServer::~EngineServer() {
  stop();
}

void EngineServer::stop() {
  if (std::exchange(stopped_, true)) return;
  server_->set_serving(false);
  pipeline_->stop();
  server_->drain();
  feed_.stop();
  server_->stop();
}

Gauges EngineServer::gauges() const {
  return {.durable_sequence = feed_.durable_sequence(),
          .queue_depth = pipeline_->input().depth(),
          .refused = pipeline_->input().refused(),
          .sessions = server_->sessions(),
          .subscribers = feed_.subscribers(),
          .subscriber_lag = feed_.lag()};
}

void EngineServer::watch_space(bool is_short) {
  pipeline_->input().set_short_of_space(is_short);
  if (is_short) {
    log(Level::kWarning,
        "no space for another journal segment: only cancels are taken until there is");
  } else {
    log(Level::kInfo, "there is space again: all commands are taken");
  }
}

JournalTail EngineServer::recover(const Settings& settings, Start start) {
  if (start == Start::kRecover && list_segments(disk_).empty()) {
    throw MissingJournal("there is no journal in " + settings.data_directory + kInitHint);
  }
  if (start == Start::kInit) {
    if (!list_segments(disk_).empty()) {
      throw std::runtime_error("the data directory " + settings.data_directory +
                               " holds a journal already; start without --init");
    }
    create_journal(disk_, settings.journal());
    log(Level::kInfo, "began an empty journal in " + settings.data_directory);
  }
  const auto began = std::chrono::steady_clock::now();
  const JournalScan scan =
      scan_journal(disk_, settings.journal().identity, [this](Sequence first, const Entry& entry) {
        engine_.apply(entry.command, entry.time, first, entry.events);
      });
  repair_journal(disk_, scan);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  if (scan.torn_bytes != 0) {
    log(Level::kWarning, "cut a torn frame of " + std::to_string(scan.torn_bytes) +
                             " bytes, never acknowledged, behind sequence " +
                             std::to_string(scan.tail.position.sequence));
  }
  log(Level::kInfo, "recovered " + std::to_string(scan.events) + " events to sequence " +
                        std::to_string(scan.tail.position.sequence) + " in " +
                        std::to_string(static_cast<long>(seconds * 1000)) + " ms");
  return scan.tail;
}

}  // namespace outcry
