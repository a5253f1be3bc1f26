// Whether the parts of a snapshot mean something. A snapshot that its keeper found whole is what an
// engine wrote; these checks are for one that is not, however it came to be.
//
// Each tells what is wrong; null: nothing.
#pragma once

#include "engine/state.h"
#include "outcry/command.h"

namespace outcry {

const char* flaw_of(const State& state, const CurrencyEntry& currency);
// An instrument's terms, before it is defined.
const char* flaw_of(const State& state, const InstrumentTerms& terms, CurrencyIndex currency);
// An account that is not the house, before it is opened.
const char* flaw_of(const State& state, const Account& account);
const char* flaw_of(const State& state, const CashBalance& balance);
const char* flaw_of(const State& state, const Position& position);
// The order as it was read; its account and instrument must be known already.
const char* flaw_of(const State& state, const Order& order, OrderId order_id, bool pending);
// `special` is null when it has none.
const char* flaw_of(const State& state, const OrderRecord& record, const SpecialTerms* special,
                    bool remembered);
const char* flaw_of(const State& state, const AdjustmentRecord& record);
// An order that is about to rest: what it holds and adds to its book stays within 64 bits.
const char* flaw_of_resting(const State& state, const Order& order);
// An order that is about to wait.
const char* flaw_of_waiting(const State& state, const Order& order);
// All of it, at the end.
const char* flaw_of(const State& state);

}  // namespace outcry
