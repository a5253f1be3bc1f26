// The only functions that change the state. Each is one event happening: execution decides on an
// event and calls its function, recovery reads the event and calls the same one. Each counts its
// event's sequence number and marks the accounts that it touches.
//
// Orders, instruments and accounts are given by reference where they are at hand; what an event's
// fields say is never decided again.
//
// Single thread.
#pragma once

#include "engine/state.h"
#include "outcry/command.h"
#include "outcry/event.h"

namespace outcry {

// ---- Orders

// The order is in the store and belongs to its account; a stop waits, any other is for activate().
// `position` is the account's in the instrument when it is known; kNoHandle: to be looked for.
Order& accept_order(State& state, const PlaceOrder& terms, const OrderAccepted& event,
                    AccountSlot account, PositionIndex position, Timestamp now);
// A PlaceOrder, ReplaceOrder or CancelOrder that was rejected.
void note_rejection(State& state, AccountSlot account);
// Both orders are in the same instrument. An order of which nothing remains closes.
void trade(State& state, Order& maker, Order& taker, const Traded& event, Timestamp now);
// Ends the order, or when event.remaining is above 0 reduces it.
void cancel_order(State& state, Order& order, const OrderCanceled& event, Timestamp now);
void expire_order(State& state, Order& order, Timestamp now);
// A pending stop waits no more; it is for activate() or cancel_order().
void trigger_order(State& state, Order& order, Timestamp now);
// A pending stop goes on waiting; an order that kept its priority goes on resting; any other is out
// of the book and for activate().
void replace_order(State& state, Order& order, const OrderReplaced& event, Timestamp now);

// Parts of what happens to an order between its events. An active order holds what it needs and may
// trade; when it has matched as far as it can it rests or is canceled.
void activate(State& state, Order& order);
void deactivate(State& state, Order& order);
void rest(State& state, Order& order);

// Lets a stop of a snapshot wait again; `best` is that of StopSide::add_trailing().
void restore_waiting(State& state, Order& order, Price best);

// ---- Accounts and instruments

AccountSlot open_account(State& state, const OpenAccount& command, const AccountOpened& event);
void adjust_cash(State& state, AccountSlot account, const CashAdjusted& event);
void adjust_position(State& state, AccountSlot account, const PositionAdjusted& event);
void set_limits(State& state, AccountSlot account, const LimitsSet& event);
void suspend_account(State& state, AccountSlot account);
void resume_account(State& state, AccountSlot account);
// A new index adds an instrument, a known one gets the terms.
void define_instrument(State& state, const InstrumentTerms& terms, const InstrumentDefined& event);
void set_instrument_status(State& state, const InstrumentStatusChanged& event);
void close_session(State& state);

// ---- Every command that caused an event, at its end

void end_command(State& state, Timestamp time);

}  // namespace outcry
