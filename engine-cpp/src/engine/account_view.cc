#include "engine/account_view.h"

namespace outcry {

AccountState account_state_of(const State& state, AccountSlot slot) {
  const Account& account = state.accounts[slot];
  AccountState view;
  view.account_id = account.id;
  view.suspended = account.suspended;
  view.short_limit = account.short_limit;
  view.last_sequence = account.last_sequence;
  for (CashIndex index = account.first_cash; index != kNoHandle;) {
    const CashBalance& balance = state.accounts.cash(index);
    view.cash.push_back({state.instruments.currency(balance.currency).name, balance.cash,
                         balance.held, balance.credit_limit});
    index = balance.next;
  }
  for (PositionIndex index = account.first_position; index != kNoHandle;) {
    const Position& position = state.accounts.position(index);
    if (position.quantity != 0 || position.held != 0)
      view.positions.push_back({position.instrument, position.quantity, position.held});
    index = position.next;
  }
  return view;
}

}  // namespace outcry
