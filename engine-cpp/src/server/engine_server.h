#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "engine/engine.h"
#include "journal/directory_lock.h"
#include "journal/posix_disk.h"
#include "journal/spare_preparer.h"
#include "pipeline/pipeline.h"
#include "pipeline/recovered_engine.h"
#include "pipeline/snapshotter.h"
#include "server/grpc_server.h"
#include "server/metrics_server.h"
#include "server/metrics_text.h"
#include "server/settings.h"

namespace outcry {

enum class Start {
  kRecover,  // the directory must hold a journal
  kInit      // it must hold none
};

// One was to be begun where there is one.
class JournalExists : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A whole engine: takes the data directory, recovers, and serves, when it has been built. Public
// calls: one thread.
class EngineServer {
 public:
  // Throws DirectoryInUse, MissingJournal, JournalExists, JournalDamage, DiskError, or
  // std::runtime_error when it cannot listen.
  EngineServer(const Settings& settings, Start start);
  ~EngineServer();

  int port() const { return server_->port(); }
  // 0: none was asked for.
  int metrics_port() const { return metrics_ == nullptr ? 0 : metrics_->port(); }

  // As they are now; any thread.
  Gauges gauges() const;

  // Answers what was accepted, refuses the rest, ends every stream.
  void stop();

 private:
  RecoveredEngine recover(const Settings& settings, Start start);
  void shorten_tail(const Settings& settings, RecoveredEngine& recovered);
  void serve_metrics(const std::string& listen);
  JournalProgress progress() const;
  void watch_space(bool is_short);

  DirectoryLock lock_;
  PosixDisk disk_;
  RecoveredEngine recovered_;
  SpareSegment spare_;
  JournalWriter writer_;
  Feed feed_;
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<SparePreparer> preparer_;
  std::unique_ptr<Snapshotter> snapshotter_;
  std::unique_ptr<GrpcServer> server_;
  std::unique_ptr<MetricsServer> metrics_;
  bool stopped_ = false;
};

}  // namespace outcry
