#include "book/prefetch.h"

#include "engine/engine.h"
#include "engine/state.h"

namespace outcry {
namespace {

// The id of the open order that a command is about; 0: none.
OrderId order_of(const Command& command) {
  if (const auto* replace = std::get_if<ReplaceOrder>(&command)) return replace->order_id;
  if (const auto* cancel = std::get_if<CancelOrder>(&command)) return cancel->order_id;
  return 0;
}

}  // namespace

void Engine::prefetch_entries(const Command& command) const {
  if (const OrderId order_id = order_of(command); order_id != 0) {
    state_->orders.prefetch(order_id);
  } else if (const auto* place = std::get_if<PlaceOrder>(&command)) {
    state_->accounts.prefetch_entry(place->account_id);
  }
}

void Engine::prefetch_objects(const Command& command) const {
  if (const OrderId order_id = order_of(command); order_id != 0) {
    if (const Order* order = state_->orders.find(order_id)) prefetch_lines(*order);
  } else if (const auto* place = std::get_if<PlaceOrder>(&command)) {
    const AccountSlot account = state_->accounts.find(place->account_id);
    if (account == kNoAccount) return;
    state_->accounts.prefetch(account);
    if (!place->client_order_id.empty()) state_->records.prefetch(account, place->client_order_id);
  }
}

void Engine::prefetch_neighbours(const Command& command) const {
  const OrderId order_id = order_of(command);
  if (order_id == 0) return;
  const Order* order = state_->orders.find(order_id);
  if (order == nullptr) return;
  state_->accounts.prefetch(order->account);
  state_->accounts.prefetch_position(order->data.position);
  if (!order->rests()) return;
  prefetch_line(order->next);
  prefetch_line(order->prev);
  prefetch_line(order->level);
  const auto* replace = std::get_if<ReplaceOrder>(&command);
  if (replace != nullptr && replace->price > 0)
    state_->instrument(*order).book.prefetch(order->side, replace->price);
}

}  // namespace outcry
