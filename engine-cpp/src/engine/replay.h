// One journal entry being applied: looks up what its events speak of and lets them happen again.
//
// Single thread.
#pragma once

#include <span>

#include "engine/state.h"
#include "outcry/command.h"
#include "outcry/event.h"

namespace outcry {

class Replay {
 public:
  Replay(State& state, Timestamp time) : state_(state), time_(time) {}

  void apply(const Command& command, std::span<const Event> events);

 private:
  void apply_one(const OrderAccepted& event);
  void apply_one(const OrderRejected& event);
  void apply_one(const Traded& event);
  void apply_one(const OrderReplaced& event);
  void apply_one(const ReplaceRejected& event);
  void apply_one(const CancelRejected& event);
  void apply_one(const OrderTriggered& event);
  void apply_one(const OrderCanceled& event);
  void apply_one(const OrderExpired& event);
  void apply_one(const AccountOpened& event);
  void apply_one(const CashAdjusted& event);
  void apply_one(const PositionAdjusted& event);
  void apply_one(const LimitsSet& event);
  void apply_one(const AccountSuspended& event);
  void apply_one(const AccountResumed& event);
  void apply_one(const InstrumentDefined& event);
  void apply_one(const InstrumentStatusChanged& event);
  void apply_one(const SessionClosed& event);

  // The order goes on to match: until the next order does, what happens to it is known by events
  // alone, and that it rests in the end by their absence.
  void start_taking(Order& order);
  void activate_taker();
  void stop_taking();
  Order& find(OrderId order_id);
  AccountSlot find_account(AccountId account_id);

  State& state_;
  const Timestamp time_;
  const Command* command_ = nullptr;
  OrderId taker_ = 0;  // the order that is matching; 0: none
  bool taker_is_active_ = false;
};

}  // namespace outcry
