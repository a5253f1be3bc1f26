#pragma once

#include <string_view>

namespace outcry {

enum class Level { kDebug, kInfo, kWarning, kError };

// The least level that is written, info unless told otherwise. Thread-safe.
void set_log_level(Level least);
bool logs(Level level);

// Writes one line to standard error: UTC time, level, text; nothing below the least level.
// Thread-safe.
void log(Level level, std::string_view text);

}  // namespace outcry
