#pragma once

#include "server_process.h"

namespace outcry::bench {

// Answers each message of a session with one result and does nothing else: what is left of an
// engine when gRPC is all there is.
ServerProcess::Server start_echo();

}  // namespace outcry::bench
