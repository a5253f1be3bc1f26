#pragma once

#include <chrono>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "engine/engine_settings.h"
#include "journal/segment.h"
#include "pipeline/pipeline.h"
#include "pipeline/snapshotter.h"
#include "server/feed.h"
#include "server/log.h"
#include "server/session.h"

namespace outcry {

// What PEM files hold. Clients must show a certificate that the authority has signed.
struct TlsSettings {
  std::string certificates;  // the engine's, and those up to its authority
  std::string key;
  std::string client_authority;
  // If any, a client's certificate must have one of them as its common name or an alternative name.
  std::vector<std::string> client_names;

  // Without them connections are plain.
  bool given() const { return !certificates.empty(); }
};

// A peer that has said nothing for the interval is probed; one that does not answer within the
// timeout is taken for dead: its connection, and all that it holds, ends.
struct KeepaliveSettings {
  std::chrono::milliseconds interval{10'000};
  std::chrono::milliseconds timeout{5'000};
};

struct Settings {
  std::string data_directory;
  std::string listen = "127.0.0.1:50051";
  std::string metrics_listen;  // empty: none
  Level log_level = Level::kInfo;
  TlsSettings tls;
  KeepaliveSettings keepalive;
  std::chrono::seconds stop_patience{10};
  EngineSettings engine;
  std::uint64_t segment_bytes = std::uint64_t{64} << 20;
  // While less is free on the disk, only cancels are taken; 0: two segments.
  std::uint64_t reserve_bytes = 0;
  PipelineSettings pipeline{.commit_interval = std::chrono::microseconds(1'000)};
  SessionSettings session;
  FeedSettings feed{.interval = std::chrono::milliseconds(5)};
  SnapshotSettings snapshots;

  std::uint64_t reserve() const { return reserve_bytes != 0 ? reserve_bytes : 2 * segment_bytes; }

  JournalSettings journal() const {
    return {{engine.engine_group, engine.client_order_id_window}, segment_bytes};
  }
};

// All that is wrong with the environment, one line each.
using SettingsErrors = std::vector<std::string>;

// Reads the settings from environment variables. Those that begin with OUTCRY_ and are not known
// are errors.
std::variant<Settings, SettingsErrors> read_settings(
    const std::map<std::string, std::string>& environment);

// Name, default and meaning of each variable, for --help.
std::string describe_settings();

}  // namespace outcry
