#include "engine/engine.h"

#include "engine/account_view.h"
#include "engine/checks.h"
#include "engine/execution.h"
#include "engine/order_view.h"
#include "engine/refusal.h"
#include "engine/replay.h"
#include "engine/state.h"
#include "engine/workspace.h"
#include "outcry/assert.h"

namespace outcry {
namespace {

OrderId first_id_before(std::uint16_t engine_group) {
  return OrderId{engine_group} << 48;
}

}  // namespace

Engine::Engine(const EngineSettings& settings)
    : state_(std::make_unique<State>(settings)), work_(std::make_unique<Workspace>()) {
  state_->last_order_id = first_id_before(settings.engine_group);
  state_->last_trade_id = first_id_before(settings.engine_group);
}

Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

Outcome Engine::execute(const Command& command, Timestamp now, std::vector<Event>& events) {
  OUTCRY_ASSERT(now > state_->last_time);
  return Execution(*state_, *work_, now, events).run(command);
}

RejectCode Engine::refusal(const Command& command, Timestamp now) const {
  if (const auto* place = std::get_if<PlaceOrder>(&command))
    return refusal_of(*state_, *place, now);
  if (const auto* replace = std::get_if<ReplaceOrder>(&command))
    return refusal_of(*state_, *replace);
  return RejectCode::kNone;
}

void Engine::apply(const Command& command, Timestamp time, Sequence first_sequence,
                   std::span<const Event> events) {
  OUTCRY_ASSERT(first_sequence == state_->last_sequence + 1);
  work_->canceled.clear();
  Replay(*state_, time).apply(command, events);
  OUTCRY_ASSERT(state_->last_sequence + 1 == first_sequence + events.size());
}

bool Engine::due(Timestamp now) const {
  return state_->expiries.due(now);
}

std::span<const OrderState> Engine::canceled() const {
  return work_->canceled;
}

Sequence Engine::last_sequence() const {
  return state_->last_sequence;
}

Timestamp Engine::last_time() const {
  return state_->last_time;
}

std::optional<AccountState> Engine::account(AccountId account_id) const {
  const AccountSlot slot = state_->accounts.find(account_id);
  if (slot == kNoAccount) return std::nullopt;
  return account_state_of(*state_, slot);
}

std::optional<OrderState> Engine::order(AccountId account_id, OrderId order_id) const {
  std::optional<OrderState> view;
  if (const Order* order = state_->orders.find(order_id)) {
    if (state_->accounts[order->account].id == account_id)
      describe(*state_, *order, view.emplace());
    return view;
  }
  const Handle record = state_->records.find_closed(order_id);
  if (record != kNoHandle && state_->accounts[state_->records[record].account].id == account_id) {
    describe_recorded(*state_, record, view.emplace());
  }
  return view;
}

std::optional<OrderState> Engine::order(AccountId account_id,
                                        const ClientOrderId& client_order_id) const {
  std::optional<OrderState> view;
  const AccountSlot account = state_->accounts.find(account_id);
  if (account == kNoAccount || client_order_id.empty()) return view;
  const Handle record = state_->records.find(account, client_order_id);
  if (record != kNoHandle) describe_recorded(*state_, record, view.emplace());
  return view;
}

Sequence Engine::account_sequence(AccountId account_id) const {
  const AccountSlot slot = state_->accounts.find(account_id);
  return slot == kNoAccount ? 0 : state_->accounts[slot].last_sequence;
}

InstrumentIndex Engine::find_instrument(const Symbol& symbol) const {
  return state_->instruments.find(symbol);
}

const InstrumentState& Engine::instrument(InstrumentIndex index) const {
  return state_->instruments[index].state;
}

std::size_t Engine::instrument_count() const {
  return state_->instruments.size();
}

std::vector<RestingOrder> Engine::resting_orders(InstrumentIndex index, Side side) const {
  std::vector<RestingOrder> resting;
  state_->instruments[index].book.for_each_order(side, [&](const Order& order) {
    resting.push_back({order.id, state_->accounts[order.account].id, order.price, order.displayed(),
                       order.remaining});
  });
  return resting;
}

Outcome Engine::check(const PlaceOrder& order, Timestamp now) const {
  const PlaceCheck check = check_place(*state_, order, now, Slices::kLimited);
  if (check.repeated != kNoHandle) {
    OrderResult result;
    result.duplicate = true;
    describe_recorded(*state_, check.repeated, result.order);
    return result;
  }
  if (check.code != RejectCode::kNone) return Rejection{check.code};
  return Done{};
}

}  // namespace outcry
