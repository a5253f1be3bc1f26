#include "reference/model.h"

#include <algorithm>
#include <stdexcept>

namespace outcry::reference {
namespace {

constexpr Timestamp kDay = Timestamp{24} * 60 * 60 * 1'000'000'000;

}  // namespace

Model::Model() {
  accounts_[0].id = 0;
}

Answer Model::execute(const Command& command, Timestamp now, std::vector<Event>& events) {
  now_ = now;
  events_ = &events;
  forget();
  return std::visit([this](const auto& one) { return run(one); }, command);
}

// ---- Commands about orders

Answer Model::run(const PlaceOrder& command) {
  if (const ModelOrder* first = first_of(command); first != nullptr && first->sent == command)
    return {RejectCode::kNone, true, first->id};
  if (const RejectCode code = check_new(command); code != RejectCode::kNone) {
    if (code == RejectCode::kInvalidOrder && shows_too_often(command)) return {code, false, 0};
    emit(OrderRejected{code}, {command.account_id});
    return {code, false, 0};
  }
  ModelInstrument& in = *instrument(command.symbol);
  ModelOrder& order = open_[++last_order_id_];
  order.id = last_order_id_;
  order.terms = command;
  order.sent = command;
  order.created_at = now_;
  order.updated_at = now_;
  const std::string id(command.client_order_id.view());
  if (!id.empty()) memory_->client_order_ids[{command.account_id, id}] = order.id;
  // The account has to do with the instrument's currency from now on.
  account(command.account_id)->cash[std::string(in.terms.currency.view())] += 0;
  emit(OrderAccepted{order.id, index_of(in)}, {command.account_id});
  const bool stop = command.type != OrderType::kLimit && command.type != OrderType::kMarket;
  const OrderId placed = order.id;
  if (stop) {
    order.stage = Stage::kWaiting;
    order.best = in.last;
  } else {
    match(order);
  }
  run_triggers(std::string(command.symbol.view()));
  return {RejectCode::kNone, false, placed};
}

Answer Model::run(const CancelOrder& command) {
  ModelOrder* order = open_order(command.account_id, command.order_id);
  if (order == nullptr) {
    emit(CancelRejected{command.order_id, command.account_id, RejectCode::kUnknownOrder},
         {command.account_id});
    return {RejectCode::kUnknownOrder, false, 0};
  }
  cancel(*order, command.by_admin ? CancelReason::kAdmin : CancelReason::kUser);
  return {RejectCode::kNone, false, command.order_id};
}

Answer Model::run(const ReplaceOrder& command) {
  ModelOrder* order = open_order(command.account_id, command.order_id);
  const RejectCode code =
      order == nullptr ? RejectCode::kUnknownOrder : check_replace(*order, command);
  if (code == RejectCode::kInvalidOrder && shows_too_often(wanted_terms(*order, command)))
    return {code, false, 0};
  if (code != RejectCode::kNone) {
    emit(ReplaceRejected{command.order_id, command.account_id, code}, {command.account_id});
    return {code, false, 0};
  }
  if (command.quantity != 0 && command.quantity <= order->filled) {
    cancel(*order, CancelReason::kReplaced);
  } else {
    replace(*order, command);
  }
  return {RejectCode::kNone, false, command.order_id};
}

void Model::replace(ModelOrder& order, const ReplaceOrder& command) {
  const std::string symbol(order.terms.symbol.view());
  const bool waiting = order.stage == Stage::kWaiting;
  const bool keeps = waiting || only_reduces(order, command);
  const PlaceOrder wanted = wanted_terms(order, command);
  order.updated_at = now_;
  order.terms.price = wanted.price;
  order.terms.quantity = wanted.quantity;
  if (waiting) {
    order.terms.stop_price = wanted.stop_price;
    order.terms.trail_amount = wanted.trail_amount;
  }
  if (!keeps) leave_book(order);
  order.shown = std::min(order.shown, order.remaining());
  OrderReplaced event;
  event.order_id = order.id;
  event.account_id = command.account_id;
  event.price = wanted.price;
  event.quantity = wanted.quantity;
  event.stop_price = stop_price(order);
  event.trail_amount = order.terms.trail_amount;
  event.instrument = index_of(*instrument(order.terms.symbol));
  event.kept_priority = keeps;
  emit(event, {command.account_id});
  if (!keeps) match(order);
  run_triggers(symbol);
}

Answer Model::run(const CancelAll& command) {
  if (!command.symbol.empty() && instrument(command.symbol) == nullptr)
    return {RejectCode::kUnknownSymbol, false, 0};
  if (account(command.account_id) == nullptr) return {RejectCode::kUnknownAccount, false, 0};
  cancel_open(command.account_id, command.symbol,
              command.by_admin ? CancelReason::kAdmin : CancelReason::kUser);
  return {};
}

Answer Model::run(const CloseSession&) {
  std::vector<OrderId> ending;
  for (const auto& [id, order] : open_) {
    if (order.terms.time_in_force == TimeInForce::kDay) ending.push_back(id);
  }
  for (const OrderId id : ending)
    expire(open_.at(id));
  emit(SessionClosed{}, {});
  return {};
}

Answer Model::run(const Tick&) {
  while (due(now_)) {
    ModelOrder* next = nullptr;
    for (auto& [id, order] : open_) {
      const Timestamp at = order.terms.expires_at;
      if (at != 0 && (next == nullptr || at < next->terms.expires_at)) next = &order;
    }
    expire(*next);
  }
  return {};
}

// ---- Looking things up

bool Model::due(Timestamp now) const {
  return std::ranges::any_of(open_, [&](const auto& entry) {
    const Timestamp at = entry.second.terms.expires_at;
    return at != 0 && at <= now;
  });
}

const ModelOrder* Model::order(OrderId id) const {
  if (const auto it = open_.find(id); it != open_.end()) return &it->second;
  const auto it = memory_->closed.find(id);
  return it == memory_->closed.end() ? nullptr : &it->second;
}

std::vector<OrderId> Model::open_ids() const {
  std::vector<OrderId> ids;
  for (const auto& [id, order] : open_)
    ids.push_back(id);
  return ids;
}

OrderState Model::state_of(const ModelOrder& order) const {
  OrderState state;
  state.order_id = order.id;
  state.terms = order.terms;
  state.terms.stop_price = stop_price(order);
  state.cancel_reason = order.reason;
  state.filled_quantity = order.filled;
  state.filled_notional = order.notional;
  state.fees = order.fees;
  state.created_at = order.created_at;
  state.updated_at = order.updated_at;
  if (order.closed_as != OrderStatus::kNew) {
    state.status = order.closed_as;
  } else if (order.stage == Stage::kWaiting) {
    state.status = OrderStatus::kPendingTrigger;
  } else {
    state.status = order.filled == 0 ? OrderStatus::kNew : OrderStatus::kPartiallyFilled;
  }
  return state;
}

std::vector<RestingOrder> Model::resting(const ModelInstrument& in, Side side) const {
  std::vector<RestingOrder> all;
  for (const OrderId id : side == Side::kBuy ? in.bids : in.asks) {
    const ModelOrder& order = open_.at(id);
    all.push_back({id, order.terms.account_id, order.terms.price, order.shown, order.remaining()});
  }
  std::ranges::stable_sort(all, [&](const RestingOrder& a, const RestingOrder& b) {
    return side == Side::kBuy ? a.price > b.price : a.price < b.price;
  });
  return all;
}

ModelInstrument* Model::instrument(const Symbol& symbol) {
  for (ModelInstrument& in : instruments_) {
    if (in.terms.symbol == symbol) return &in;
  }
  return nullptr;
}

const ModelInstrument* Model::instrument(const Symbol& symbol) const {
  return const_cast<Model*>(this)->instrument(symbol);
}

InstrumentIndex Model::index_of(const ModelInstrument& in) const {
  return static_cast<InstrumentIndex>(&in - instruments_.data());
}

ModelAccount* Model::account(AccountId id) {
  const auto it = accounts_.find(id);
  return it == accounts_.end() ? nullptr : &it->second;
}

const ModelAccount* Model::account(AccountId id) const {
  return const_cast<Model*>(this)->account(id);
}

ModelOrder* Model::open_order(AccountId account_id, OrderId id) {
  const auto it = open_.find(id);
  if (it == open_.end() || it->second.terms.account_id != account_id) return nullptr;
  return &it->second;
}

// The order of that client order id that still counts.
const ModelOrder* Model::first_of(const PlaceOrder& command) const {
  const std::string id(command.client_order_id.view());
  if (id.empty()) return nullptr;
  const auto it = memory_->client_order_ids.find({command.account_id, id});
  if (it == memory_->client_order_ids.end()) return nullptr;
  const ModelOrder* first = order(it->second);
  return first != nullptr && now_ - first->created_at < kDay ? first : nullptr;
}

void Model::emit(const Event& event, std::initializer_list<AccountId> touched) {
  events_->push_back(event);
  ++last_sequence_;
  for (const AccountId id : touched) {
    if (ModelAccount* one = account(id)) one->last_sequence = last_sequence_;
  }
}

// Closed orders that no question can be about any more. Once in a while is enough.
void Model::forget() {
  if (last_order_id_ % 1024 != 0) return;
  std::erase_if(memory_->closed, [&](const auto& entry) {
    const ModelOrder& order = entry.second;
    return order.terms.client_order_id.empty() || now_ - order.created_at > 2 * kDay;
  });
}

}  // namespace outcry::reference
