#include "server/log.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>

namespace outcry {
namespace {

std::atomic<Level> least_level{Level::kInfo};

const char* name(Level level) {
  switch (level) {
    case Level::kDebug:
      return "DEBUG";
    case Level::kInfo:
      return "INFO ";
    case Level::kWarning:
      return "WARN ";
    case Level::kError:
      return "ERROR";
  }
  return "ERROR";
}

std::string timestamp() {
  using namespace std::chrono;
  const auto now = system_clock::now().time_since_epoch();
  const auto seconds_part = duration_cast<seconds>(now);
  const std::time_t time = seconds_part.count();
  std::tm utc{};
  ::gmtime_r(&time, &utc);
  std::array<char, 40> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%FT%T", &utc);
  std::snprintf(text.data() + length, text.size() - length, ".%03dZ",
                static_cast<int>(duration_cast<milliseconds>(now - seconds_part).count()));
  return text.data();
}

}  // namespace

void set_log_level(Level least) {
  least_level = least;
}

bool logs(Level level) {
  return level >= least_level.load(std::memory_order_relaxed);
}

void log(Level level, std::string_view text) {
  if (!logs(level)) return;
  // One call, so that lines of different threads do not mix.
  std::fprintf(stderr, "%s %s %.*s\n", timestamp().c_str(), name(level),
               static_cast<int>(text.size()), text.data());
}

}  // namespace outcry
