#include "engine/version.h"

namespace outcry {

std::string_view version() {
  return "0.1.0";
}

}  // namespace outcry
