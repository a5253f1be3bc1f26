#pragma once

#include <optional>
#include <string>
#include <variant>

#include "outcry/engine/v1/engine.pb.h"
#include "outcry/result.h"
#include "pipeline/request.h"

namespace outcry {

// A request that cannot be put to the engine; the message names the field.
struct Malformed {
  RejectCode code = RejectCode::kInvalidCommand;
  std::string message;
};

// Checks the form of what came over the wire: texts, enumerations, ranges of types. What depends on
// the engine's state is the engine's to check. Empty: `request` is what was asked.
std::optional<Malformed> decode_request(const engine::v1::Command& message, Request& request);

}  // namespace outcry
