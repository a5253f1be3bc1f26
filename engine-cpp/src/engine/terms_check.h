// Whether an instrument can have given terms.
#pragma once

#include "engine/state.h"
#include "outcry/command.h"

namespace outcry {

// In themselves.
bool are_possible(const InstrumentTerms& terms);
// A currency has one scale, that of its first instrument.
bool suits_currency(const State& state, const InstrumentTerms& terms);
// Symbol, currency and scales stay as they were defined.
bool may_become(const InstrumentTerms& from, const InstrumentTerms& to);
// Whether at the new fees what open orders hold stays within 64 bits, and what each stop that waits
// would hold: that it fits by itself was asked when it was placed, too, the sum when it triggers.
bool holds_fit(const State& state, const Instrument& instrument, const InstrumentTerms& to);

}  // namespace outcry
