#pragma once

#include <string>

#include "server/settings.h"

namespace outcry {

// Asks the engine that serves with these settings on this machine how it does, by the standard gRPC
// health service. Empty when it serves, else why not. Takes 2 seconds at most. With TLS the
// engine's own certificate is shown, which must hold for the name localhost, and for clients.
std::string check_health(const Settings& settings);

}  // namespace outcry
