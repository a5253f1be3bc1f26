#pragma once

#include <span>
#include <string>

#include "outcry/engine/v1/engine.pb.h"
#include "outcry/result.h"
#include "pipeline/answer.h"

namespace outcry {

// Writes the answer into an empty message; `fills` is the list that it refers to.
void encode_result(const Answer& answer, std::span<const Fill> fills, engine::v1::Result& message);

// A refusal or a malformed request, which no answer of the engine stands behind.
void encode_rejection(std::uint64_t request_id, RejectCode code, const std::string& message_text,
                      engine::v1::Result& message);

}  // namespace outcry
