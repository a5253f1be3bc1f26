#pragma once

#include "outcry/command.h"
#include "outcry/engine/v1/engine.pb.h"

namespace outcry {

void encode_instrument(const InstrumentTerms& terms, engine::v1::Instrument& message);

}  // namespace outcry
