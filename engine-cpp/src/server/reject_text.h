#pragma once

#include <string_view>

#include "outcry/types.h"

namespace outcry {

// What was wrong, naming the field.
std::string_view reject_text(RejectCode code);

}  // namespace outcry
