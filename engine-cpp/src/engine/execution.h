// One command being executed: decides what happens, event by event. Every event goes through
// transitions.h first and then to the caller's list.
//
// Single thread.
#pragma once

#include <vector>

#include "engine/checks.h"
#include "engine/state.h"
#include "engine/workspace.h"
#include "outcry/command.h"
#include "outcry/event.h"
#include "outcry/result.h"

namespace outcry {

class Execution {
 public:
  Execution(State& state, Workspace& work, Timestamp now, std::vector<Event>& events)
      : state_(state), work_(work), now_(now), events_(events) {}

  Outcome run(const Command& command);

 private:
  Outcome run_one(const PlaceOrder& command);
  Outcome run_one(const CancelOrder& command);
  Outcome run_one(const ReplaceOrder& command);
  Outcome run_one(const CancelAll& command);
  Outcome run_one(const OpenAccount& command);
  Outcome run_one(const AdjustCash& command);
  Outcome run_one(const AdjustPosition& command);
  Outcome run_one(const SetLimits& command);
  Outcome run_one(const SuspendAccount& command);
  Outcome run_one(const ResumeAccount& command);
  Outcome run_one(const DefineInstrument& command);
  Outcome run_one(const SetInstrumentStatus& command);
  Outcome run_one(const CloseSession& command);
  Outcome run_one(const Tick& command);

  // ---- Replacing
  Outcome reject_replace(const ReplaceOrder& command, RejectCode code);
  // With terms that passed the checks.
  void replace(Order& order, const PlaceOrder& terms, bool keeps_priority);

  // ---- Matching
  enum class Next : std::uint8_t { kGoesOn, kEnded };
  // Lets an active order trade as far as it can, then rests or cancels what is left.
  void match(Order& taker);
  Next prevent_self_trade(Order& maker, Order& taker);
  Next trade_with(Order& maker, Order& taker);
  void finish(Order& taker, bool stopped_by_band);
  // Triggers what the instrument's last price triggers, until nothing more.
  void run_triggers(Instrument& instrument);
  void trigger(Order& order);

  // ---- Endings
  void cancel(Order& order, CancelReason reason);
  // Cancels that much of the order, which ends when nothing is left.
  void cancel_part(Order& order, Quantity quantity, CancelReason reason);
  void cancel_all(AccountSlot account, InstrumentIndex instrument, CancelReason reason);
  void expire(Order& order);

  // Null when the account has no open order of that id.
  Order* find_open(AccountId account_id, OrderId order_id) const;
  // Notices the order's end, for describe_watched().
  void watch(const Order& order);
  void describe_watched(OrderState& view) const;
  Outcome watched_result() const;
  void emit(const Event& event) { events_.push_back(event); }

  State& state_;
  Workspace& work_;
  const Timestamp now_;
  std::vector<Event>& events_;
};

}  // namespace outcry
