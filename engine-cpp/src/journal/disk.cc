#include "journal/disk.h"

#include <system_error>

namespace outcry {

DiskError::DiskError(const std::string& operation, const std::string& file, int cause)
    : std::runtime_error(operation + " of " + file +
                         " failed: " + std::system_category().message(cause)),
      cause_(cause) {}

}  // namespace outcry
