// The deterministic core: every order, account and instrument, and the one place that decides.
//
// Single thread: all calls come from the sequencer's thread. No I/O, no clock, no randomness, no
// lock: the same commands at the same times give the same events and the same state on every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/engine_settings.h"
#include "engine/snapshot.h"
#include "outcry/command.h"
#include "outcry/event.h"
#include "outcry/result.h"
#include "outcry/types.h"

namespace outcry {

struct State;
struct Workspace;

class Engine {
 public:
  explicit Engine(const EngineSettings& settings);
  ~Engine();
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;

  // Why a command is not to be executed, though execute() would: it would make an order of more
  // slices than there may be, which earlier releases did not limit. Asked before a command is given
  // its place at `now`, and not when a journal is executed again. None: it is to be executed.
  RejectCode refusal(const Command& command, Timestamp now) const;

  // Executes one command at `now`, which must be later than last_time(), appends its events to
  // `events` in the order in which they happened (their sequences are last_sequence() + 1 ...), and
  // answers. A command that caused no event changed nothing and is not journaled.
  Outcome execute(const Command& command, Timestamp now, std::vector<Event>& events);

  // Bring what a command will touch into the cache, step by step: each finds its way by what the
  // step before has brought, so that a few commands lie between two steps, and the execution. They
  // change nothing, and what is not there yet is passed over.
  void prefetch_entries(const Command& command) const;
  void prefetch_objects(const Command& command) const;
  void prefetch_neighbours(const Command& command) const;

  // Recovery: applies one journal entry's events without deciding anything. `first_sequence` must
  // be last_sequence() + 1, `time` later than last_time().
  void apply(const Command& command, Timestamp time, Sequence first_sequence,
             std::span<const Event> events);

  // Whether a Tick at `now` would expire something; the sequencer then executes one before the next
  // command.
  bool due(Timestamp now) const;

  // The orders that the last executed command, a CancelAll, canceled, as they were left; empty
  // after any other command. Valid until the next execute() or apply().
  std::span<const OrderState> canceled() const;

  // Of the last event; 0 before the first.
  Sequence last_sequence() const;
  // Of the last command that caused an event; 0 before the first.
  Timestamp last_time() const;

  std::optional<AccountState> account(AccountId account_id) const;
  // Open orders, and closed ones that are still remembered by client order id.
  std::optional<OrderState> order(AccountId account_id, OrderId order_id) const;
  std::optional<OrderState> order(AccountId account_id, const ClientOrderId& client_order_id) const;
  // Of the last event that touched the account; 0: unknown account.
  Sequence account_sequence(AccountId account_id) const;

  InstrumentIndex find_instrument(const Symbol& symbol) const;  // kNoInstrument: unknown
  const InstrumentState& instrument(InstrumentIndex index) const;
  std::size_t instrument_count() const;
  // One side of an instrument's book in priority order, best first; takes time and memory
  // proportional to it.
  std::vector<RestingOrder> resting_orders(InstrumentIndex index, Side side) const;

  // What a placement would be answered before matching: Done when the order would be accepted, the
  // first order's OrderResult when the client order id is a repetition, or the rejection.
  Outcome check(const PlaceOrder& order, Timestamp now) const;

  // Of the whole state: equal for an engine that executed, one that recovered by apply(), and one
  // that was loaded from a snapshot and then went on. Takes time proportional to the state.
  std::uint64_t state_hash() const;

  // Aborts naming the invariant that is broken: no book crossed, level totals and indexes right,
  // holds equal to what open orders need, cash and positions conserved.
  void check_invariants() const;

  // Everything that recovery needs, in one canonical order; layout in src/engine/README.md.
  void save(SnapshotWriter& writer) const;
  // An engine that goes on where the one that saved was. The group and the window of `settings`
  // must be those that it had. Throws SnapshotError.
  static Engine load(SnapshotReader& reader, const EngineSettings& settings);

 private:
  std::unique_ptr<State> state_;
  std::unique_ptr<Workspace> work_;
};

}  // namespace outcry
