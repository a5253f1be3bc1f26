#pragma once

#include <string_view>

namespace outcry {

enum class Level { kInfo, kWarning, kError };

// Writes one line to standard error: UTC time, level, text. Thread-safe.
void log(Level level, std::string_view text);

}  // namespace outcry
