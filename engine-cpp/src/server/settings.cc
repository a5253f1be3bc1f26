#include "server/settings.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <ranges>

namespace outcry {
namespace {

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20;
constexpr std::array kTlsFiles = {"OUTCRY_ENGINE_TLS_CERTIFICATE", "OUTCRY_ENGINE_TLS_KEY",
                                  "OUTCRY_ENGINE_TLS_CLIENT_CA"};
constexpr std::size_t kMeaningColumn = 33;

// One environment variable: its meaning, and how it enters the settings. Returns what is wrong.
struct Variable {
  const char* name;
  const char* default_text;
  const char* meaning;
  std::function<std::string(const std::string& text, Settings& settings)> apply;
};

// An integer from `least` to `most`, given to `set`.
template <class Set>
auto integer(std::uint64_t least, std::uint64_t most, Set set) {
  return [=](const std::string& text, Settings& settings) -> std::string {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || value < least ||
        value > most) {
      return "must be an integer from " + std::to_string(least) + " to " + std::to_string(most);
    }
    set(settings, value);
    return {};
  };
}

// The content of a file, which goes into that field.
auto content(std::string TlsSettings::*field) {
  return [field](const std::string& text, Settings& settings) -> std::string {
    std::ifstream file(text, std::ios::binary);
    std::string& into = settings.tls.*field;
    into.assign(std::istreambuf_iterator<char>(file), {});
    return into.empty() ? "must name a file that can be read" : "";
  };
}

std::string set_data_directory(const std::string& text, Settings& settings) {
  if (text.empty()) return "must name a directory";
  settings.data_directory = text;
  return {};
}

// What of "address:port" is before the colon; none when there is no port behind one.
std::optional<std::string> host_of(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::uint16_t port = 0;
  const char* const end = listen.data() + listen.size();
  const auto [behind, failure] = std::from_chars(listen.data() + colon + 1, end, port);
  if (failure != std::errc{} || behind != end) return std::nullopt;
  return listen.substr(0, colon);
}

std::string set_listen(const std::string& text, Settings& settings) {
  if (!host_of(text).has_value()) return "must be an address and a port";
  settings.listen = text;
  return {};
}

std::string set_metrics_listen(const std::string& text, Settings& settings) {
  const std::optional<std::string> host = host_of(text);
  in_addr address{};
  if (!host.has_value() || ::inet_pton(AF_INET, host->c_str(), &address) != 1)
    return "must be an IPv4 address and a port";
  settings.metrics_listen = text;
  return {};
}

std::string set_log_level(const std::string& text, Settings& settings) {
  if (text != "info" && text != "debug") return "must be info or debug";
  settings.log_level = text == "debug" ? Level::kDebug : Level::kInfo;
  return {};
}

// Names with commas in between. A blank is part of no name, and whose name has one would be refused
// for no reason that anybody sees.
std::string set_client_names(const std::string& text, Settings& settings) {
  const char* const kForm = "must be names with commas and no blanks in between";
  if (text.find_first_of(" \t\r\n") != std::string::npos) return kForm;
  std::vector<std::string>& names = settings.tls.client_names;
  for (const auto part : std::views::split(text, ',')) {
    names.emplace_back(part.begin(), part.end());
    if (names.back().empty()) return kForm;
  }
  return names.empty() ? kForm : "";
}

const std::vector<Variable>& variables() {
  static const std::vector<Variable> kVariables = {
      {"OUTCRY_ENGINE_DATA", nullptr, "directory of the journal", set_data_directory},
      {"OUTCRY_ENGINE_LISTEN", "127.0.0.1:50051", "address and port of the gRPC service",
       set_listen},
      {"OUTCRY_ENGINE_METRICS", "none", "IPv4 address and port of HTTP GET /metrics",
       set_metrics_listen},
      {"OUTCRY_ENGINE_LOG_LEVEL", "info", "info, or debug: two lines for each command",
       set_log_level},
      {"OUTCRY_ENGINE_TLS_CERTIFICATE", "none", "PEM file of the engine's certificate chain",
       content(&TlsSettings::certificates)},
      {"OUTCRY_ENGINE_TLS_KEY", "none", "PEM file of its private key", content(&TlsSettings::key)},
      {"OUTCRY_ENGINE_TLS_CLIENT_CA", "none",
       "PEM file of the authority that signs the clients' certificates",
       content(&TlsSettings::client_authority)},
      {"OUTCRY_ENGINE_TLS_CLIENT_NAMES", "any",
       "names, with commas in between, of which a client's certificate must have one",
       set_client_names},
      {"OUTCRY_ENGINE_KEEPALIVE_SECONDS", "10", "silence after which a connection is probed",
       integer(1, 3'600,
               [](Settings& settings, std::uint64_t value) {
                 settings.keepalive.interval = std::chrono::seconds(value);
               })},
      {"OUTCRY_ENGINE_KEEPALIVE_TIMEOUT_SECONDS", "5",
       "how long a probed peer has to answer before its connection ends",
       integer(1, 3'600,
               [](Settings& settings, std::uint64_t value) {
                 settings.keepalive.timeout = std::chrono::seconds(value);
               })},
      {"OUTCRY_ENGINE_STOP_SECONDS", "10",
       "how long a stop may take before the process ends itself",
       integer(1, 3'600,
               [](Settings& settings, std::uint64_t value) {
                 settings.stop_patience = std::chrono::seconds(value);
               })},
      {"OUTCRY_ENGINE_GROUP", "0", "engine group, upper 16 bits of order and trade ids",
       integer(0, 65'535,
               [](Settings& settings, std::uint64_t value) {
                 settings.engine.engine_group = static_cast<std::uint16_t>(value);
                 settings.session.engine_group = settings.engine.engine_group;
               })},
      {"OUTCRY_ENGINE_SEGMENT_MIB", "64", "size of a journal segment",
       integer(1, 4'096,
               [](Settings& settings, std::uint64_t value) {
                 settings.segment_bytes = value * kMebibyte;
               })},
      {"OUTCRY_ENGINE_RESERVE_MIB", "two segments",
       "while less is free on the disk, only cancels are taken",
       integer(1, 1'048'576,
               [](Settings& settings, std::uint64_t value) {
                 settings.reserve_bytes = value * kMebibyte;
               })},
      {"OUTCRY_ENGINE_SNAPSHOT_MIB", "256", "journal between two snapshots; 0: none are taken",
       integer(0, 1'048'576,
               [](Settings& settings, std::uint64_t value) {
                 settings.snapshots.journal_bytes = value * kMebibyte;
               })},
      {"OUTCRY_ENGINE_WINDOW", "16384", "unanswered commands of one session",
       integer(1, 1'000'000,
               [](Settings& settings, std::uint64_t value) {
                 settings.session.window = static_cast<std::uint32_t>(value);
               })},
      {"OUTCRY_ENGINE_QUEUE", "65536", "commands of all sessions that wait to be sequenced",
       integer(1, 10'000'000,
               [](Settings& settings, std::uint64_t value) {
                 settings.pipeline.queue_capacity = value;
                 settings.pipeline.cancel_capacity = std::max<std::uint64_t>(1, value / 8);
               })},
      {"OUTCRY_ENGINE_COMMIT_INTERVAL_US", "1000",
       "under load, microseconds between two syncs' beginnings; 0: none",
       integer(0, 100'000,
               [](Settings& settings, std::uint64_t value) {
                 settings.pipeline.commit_interval = std::chrono::microseconds(value);
               })},
      {"OUTCRY_ENGINE_FEED_INTERVAL_MS", "5",
       "milliseconds between two messages to a subscriber that follows",
       integer(0, 1'000,
               [](Settings& settings, std::uint64_t value) {
                 settings.feed.interval = std::chrono::milliseconds(value);
               })},
      {"OUTCRY_ENGINE_FEED_MIB", "64", "newest events kept in memory for subscribers",
       integer(1, 65'536,
               [](Settings& settings, std::uint64_t value) {
                 settings.feed.memory_bytes = value * kMebibyte;
               })},
  };
  return kVariables;
}

const Variable* find_variable(const std::string& name) {
  const auto found = std::ranges::find_if(
      variables(), [&name](const Variable& variable) { return name == variable.name; });
  return found == variables().end() ? nullptr : &*found;
}

}  // namespace

std::variant<Settings, SettingsErrors> read_settings(
    const std::map<std::string, std::string>& environment) {
  Settings settings;
  SettingsErrors errors;
  for (const auto& [name, text] : environment) {
    if (!name.starts_with("OUTCRY_")) continue;
    const Variable* const variable = find_variable(name);
    const std::string error =
        variable == nullptr ? "not a setting of the engine" : variable->apply(text, settings);
    if (!error.empty()) errors.push_back(name + "=" + text + ": " + error);
  }
  if (!environment.contains("OUTCRY_ENGINE_DATA")) {
    errors.push_back("OUTCRY_ENGINE_DATA: is needed, the directory of the journal");
  }
  const auto tls_files = static_cast<std::size_t>(std::ranges::count_if(
      kTlsFiles, [&environment](const char* name) { return environment.contains(name); }));
  if (tls_files != 0 && tls_files != kTlsFiles.size()) {
    errors.push_back("OUTCRY_ENGINE_TLS_CERTIFICATE, _KEY and _CLIENT_CA: all three, or none");
  }
  if (tls_files == 0 && environment.contains("OUTCRY_ENGINE_TLS_CLIENT_NAMES")) {
    errors.push_back("OUTCRY_ENGINE_TLS_CLIENT_NAMES: needs TLS, nobody shows a name without it");
  }
  if (!errors.empty()) return errors;
  // A snapshot must not be what makes orders be refused.
  settings.snapshots.reserve_bytes = settings.reserve() + settings.segment_bytes;
  return settings;
}

std::string describe_settings() {
  std::string text;
  for (const Variable& variable : variables()) {
    std::string line = "  " + std::string(variable.name);
    line.resize(std::max<std::size_t>(line.size() + 1, kMeaningColumn), ' ');
    line += variable.meaning;
    line += variable.default_text == nullptr ? std::string(" (needed)")
                                             : std::string(" (") + variable.default_text + ")";
    text += line + "\n";
  }
  return text;
}

}  // namespace outcry
