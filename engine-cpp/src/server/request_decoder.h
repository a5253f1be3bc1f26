#pragma once

#include <optional>
#include <string>
#include <variant>

#include "outcry/engine/v1/engine.pb.h"
#include "outcry/result.h"
#include "pipeline/request.h"

namespace outcry {

// Why a request is not put to the engine; the message names the field.
struct Unfit {
  RejectCode code = RejectCode::kInvalidCommand;
  std::string message;
};

// Checks the form of what came over the wire: texts, enumerations, ranges of types. What depends on
// the engine's state is the engine's to check. Empty: `request` is what was asked.
std::optional<Unfit> decode_request(const engine::v1::Command& message, Request& request);

}  // namespace outcry
