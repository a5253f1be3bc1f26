#include "server/settings.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

namespace outcry {
namespace {

using Environment = std::map<std::string, std::string>;

SettingsErrors errors_of(const Environment& environment) {
  const auto result = read_settings(environment);
  const auto* errors = std::get_if<SettingsErrors>(&result);
  return errors == nullptr ? SettingsErrors{} : *errors;
}

TEST(Settings, HaveDefaultsForAllButTheDirectory) {
  const auto result = read_settings({{"OUTCRY_ENGINE_DATA", "/data"}, {"HOME", "/root"}});
  const auto& settings = std::get<Settings>(result);
  EXPECT_EQ(settings.data_directory, "/data");
  EXPECT_EQ(settings.listen, "127.0.0.1:50051");
  EXPECT_EQ(settings.segment_bytes, std::uint64_t{64} << 20);
  EXPECT_EQ(settings.reserve(), std::uint64_t{128} << 20);
}

TEST(Settings, AreReadFromTheEnvironment) {
  const auto result = read_settings({{"OUTCRY_ENGINE_DATA", "/data"},
                                     {"OUTCRY_ENGINE_GROUP", "7"},
                                     {"OUTCRY_ENGINE_SEGMENT_MIB", "2"},
                                     {"OUTCRY_ENGINE_RESERVE_MIB", "7"},
                                     {"OUTCRY_ENGINE_SNAPSHOT_MIB", "5"},
                                     {"OUTCRY_ENGINE_WINDOW", "100"},
                                     {"OUTCRY_ENGINE_QUEUE", "1000"},
                                     {"OUTCRY_ENGINE_KEEPALIVE_SECONDS", "4"},
                                     {"OUTCRY_ENGINE_KEEPALIVE_TIMEOUT_SECONDS", "2"},
                                     {"OUTCRY_ENGINE_FEED_MIB", "3"}});
  const auto& settings = std::get<Settings>(result);
  EXPECT_EQ(settings.engine.engine_group, 7);
  EXPECT_EQ(settings.session.engine_group, 7U);
  EXPECT_EQ(settings.journal().identity.engine_group, 7);
  EXPECT_EQ(settings.segment_bytes, std::uint64_t{2} << 20);
  EXPECT_EQ(settings.snapshots.journal_bytes, std::uint64_t{5} << 20);
  EXPECT_EQ(settings.reserve(), std::uint64_t{7} << 20);
  EXPECT_EQ(settings.snapshots.reserve_bytes, std::uint64_t{9} << 20);
  EXPECT_EQ(settings.session.window, 100U);
  EXPECT_EQ(settings.pipeline.queue_capacity, 1'000U);
  EXPECT_EQ(settings.pipeline.cancel_capacity, 125U);
  EXPECT_EQ(settings.feed.memory_bytes, std::size_t{3} << 20);
  EXPECT_EQ(settings.keepalive.interval, std::chrono::seconds(4));
  EXPECT_EQ(settings.keepalive.timeout, std::chrono::seconds(2));
}

TEST(Settings, NameEverythingThatIsWrongAtOnce) {
  const SettingsErrors errors = errors_of({{"OUTCRY_ENGINE_GROUP", "65536"},
                                           {"OUTCRY_ENGINE_WINDOW", "many"},
                                           {"OUTCRY_ENGINE_LISTEN", "here"},
                                           {"OUTCRY_ENGNE_QUEUE", "1"}});
  ASSERT_EQ(errors.size(), 5U);
  EXPECT_EQ(errors[0], "OUTCRY_ENGINE_GROUP=65536: must be an integer from 0 to 65535");
  EXPECT_EQ(errors[2], "OUTCRY_ENGINE_WINDOW=many: must be an integer from 1 to 1000000");
  EXPECT_EQ(errors[3], "OUTCRY_ENGNE_QUEUE=1: not a setting of the engine");
  EXPECT_TRUE(errors[4].starts_with("OUTCRY_ENGINE_DATA: is needed"));
}

TEST(Settings, WantAddressesThatCanBe) {
  for (const std::string listen : {"here", ":", "localhost:", "localhost:http", "127.0.0.1:65536",
                                   "127.0.0.1:-1", "127.0.0.1:1 "}) {
    const SettingsErrors errors = errors_of({{"OUTCRY_ENGINE_DATA", "/data"},
                                             {"OUTCRY_ENGINE_LISTEN", listen},
                                             {"OUTCRY_ENGINE_METRICS", listen}});
    ASSERT_EQ(errors.size(), 2U) << listen;
    EXPECT_EQ(errors[0], "OUTCRY_ENGINE_LISTEN=" + listen + ": must be an address and a port");
    EXPECT_EQ(errors[1],
              "OUTCRY_ENGINE_METRICS=" + listen + ": must be an IPv4 address and a port");
  }
  for (const std::string listen : {"localhost:1", "[::1]:1", "::1:1", "127.1:1", ":1"})
    EXPECT_EQ(
        errors_of({{"OUTCRY_ENGINE_DATA", "/data"}, {"OUTCRY_ENGINE_METRICS", listen}}).size(), 1U)
        << listen;
  for (const std::string listen : {"localhost:1", "[::]:0", "0.0.0.0:65535", ":50051"})
    EXPECT_TRUE(
        errors_of({{"OUTCRY_ENGINE_DATA", "/data"}, {"OUTCRY_ENGINE_LISTEN", listen}}).empty())
        << listen;
}

TEST(Settings, WantAllOfTlsOrNothing) {
  const SettingsErrors errors =
      errors_of({{"OUTCRY_ENGINE_DATA", "/data"}, {"OUTCRY_ENGINE_TLS_KEY", "/not/there"}});
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0], "OUTCRY_ENGINE_TLS_KEY=/not/there: must name a file that can be read");
  EXPECT_EQ(errors[1], "OUTCRY_ENGINE_TLS_CERTIFICATE, _KEY and _CLIENT_CA: all three, or none");
}

TEST(Settings, WantClientNamesOnlyWithTls) {
  const SettingsErrors errors =
      errors_of({{"OUTCRY_ENGINE_DATA", "/data"}, {"OUTCRY_ENGINE_TLS_CLIENT_NAMES", "api"}});
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_TRUE(errors[0].starts_with("OUTCRY_ENGINE_TLS_CLIENT_NAMES: needs TLS"));
}

TEST(Settings, WantNoEmptyClientName) {
  const SettingsErrors errors =
      errors_of({{"OUTCRY_ENGINE_DATA", "/data"}, {"OUTCRY_ENGINE_TLS_CLIENT_NAMES", "api,,b"}});
  ASSERT_FALSE(errors.empty());
  EXPECT_EQ(errors[0],
            "OUTCRY_ENGINE_TLS_CLIENT_NAMES=api,,b: must be names with commas and no blanks in "
            "between");
}

TEST(Settings, WantNoBlankInAClientName) {
  const SettingsErrors errors =
      errors_of({{"OUTCRY_ENGINE_DATA", "/data"}, {"OUTCRY_ENGINE_TLS_CLIENT_NAMES", "api, b"}});
  ASSERT_FALSE(errors.empty());
  EXPECT_EQ(errors[0],
            "OUTCRY_ENGINE_TLS_CLIENT_NAMES=api, b: must be names with commas and no blanks in "
            "between");
}

TEST(Settings, AreAllDescribedWithNameMeaningAndDefault) {
  const std::set<std::string> expected = {
      "DATA",         "LISTEN",        "METRICS",           "LOG_LEVEL",
      "TLS_KEY",      "TLS_CLIENT_CA", "TLS_CERTIFICATE",   "TLS_CLIENT_NAMES",
      "STOP_SECONDS", "GROUP",         "KEEPALIVE_SECONDS", "KEEPALIVE_TIMEOUT_SECONDS",
      "SEGMENT_MIB",  "RESERVE_MIB",   "SNAPSHOT_MIB",      "COMMIT_INTERVAL_US",
      "WINDOW",       "QUEUE",         "FEED_INTERVAL_MS",  "FEED_MIB"};
  std::set<std::string> described;
  std::istringstream lines(describe_settings());
  for (std::string line; std::getline(lines, line);) {
    const std::regex form("  OUTCRY_ENGINE_([A-Z_]+) +\\S.* \\(\\S.*\\)");
    std::smatch match;
    ASSERT_TRUE(std::regex_match(line, match, form)) << line;
    described.insert(match[1]);
  }
  EXPECT_EQ(described, expected);
}

}  // namespace
}  // namespace outcry
