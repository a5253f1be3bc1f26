#pragma once

#include <string_view>

namespace outcry {

// The release that this binary was built from, such as "0.1.0".
std::string_view version();

}  // namespace outcry
