#pragma once

#include "outcry/command.h"
#include "outcry/engine/v1/engine.pb.h"

namespace outcry::bench {

// Those commands that the flow has, as a client sends them.
void encode(const Command& command, engine::v1::Command& message);

}  // namespace outcry::bench
