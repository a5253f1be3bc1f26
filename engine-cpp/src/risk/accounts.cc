#include "risk/accounts.h"

#include "outcry/assert.h"

namespace outcry {
namespace {

std::uint32_t hash_of_owner(AccountSlot account, std::uint32_t thing) {
  return hash_of(std::uint64_t{account} << 32 | thing);
}

// Appends to a chain of handles that an account keeps the ends of.
template <class T>
void link(std::vector<T>& all, Handle& first, Handle& last, Handle added) {
  if (last == kNoHandle) {
    first = added;
  } else {
    all[last].next = added;
  }
  last = added;
}

}  // namespace

Accounts::Accounts(std::size_t expected) : account_by_id_(expected), cash_by_owner_(expected) {
  accounts_.reserve(expected);
  cash_.reserve(expected);
  open(kHouse, 0);
}

AccountSlot Accounts::find(AccountId id) const {
  return account_by_id_.find(hash_of(id), [&](Handle slot) { return accounts_[slot].id == id; });
}

AccountSlot Accounts::open(AccountId id, Quantity short_limit) {
  OUTCRY_ASSERT(find(id) == kNoAccount);
  const auto slot = static_cast<AccountSlot>(accounts_.size());
  Account& account = accounts_.emplace_back();
  account.id = id;
  account.short_limit = short_limit;
  account_by_id_.insert(hash_of(id), slot);
  return slot;
}

CashIndex Accounts::find_cash(AccountSlot account, CurrencyIndex currency) const {
  return cash_by_owner_.find(hash_of_owner(account, currency), [&](Handle index) {
    return cash_[index].account == account && cash_[index].currency == currency;
  });
}

CashIndex Accounts::find_or_add_cash(AccountSlot account, CurrencyIndex currency) {
  if (const CashIndex found = find_cash(account, currency); found != kNoHandle) return found;
  const auto index = static_cast<CashIndex>(cash_.size());
  CashBalance& balance = cash_.emplace_back();
  balance.account = account;
  balance.currency = currency;
  link(cash_, accounts_[account].first_cash, accounts_[account].last_cash, index);
  cash_by_owner_.insert(hash_of_owner(account, currency), index);
  return index;
}

PositionIndex Accounts::find_position(AccountSlot account, InstrumentIndex instrument) const {
  return position_by_owner_.find(hash_of_owner(account, instrument), [&](Handle index) {
    return positions_[index].account == account && positions_[index].instrument == instrument;
  });
}

PositionIndex Accounts::find_or_add_position(AccountSlot account, InstrumentIndex instrument,
                                             CurrencyIndex currency) {
  if (const PositionIndex found = find_position(account, instrument); found != kNoHandle)
    return found;
  const CashIndex cash = find_or_add_cash(account, currency);
  const auto index = static_cast<PositionIndex>(positions_.size());
  Position& position = positions_.emplace_back();
  position.account = account;
  position.instrument = instrument;
  position.cash = cash;
  link(positions_, accounts_[account].first_position, accounts_[account].last_position, index);
  position_by_owner_.insert(hash_of_owner(account, instrument), index);
  return index;
}

void Accounts::add_open_order(Order& order) {
  std::vector<Order*>& open = accounts_[order.account].open_orders;
  order.data.open_index = static_cast<std::uint32_t>(open.size());
  open.push_back(&order);
}

void Accounts::remove_open_order(Order& order) {
  std::vector<Order*>& open = accounts_[order.account].open_orders;
  OUTCRY_ASSERT(open[order.data.open_index] == &order);
  open[order.data.open_index] = open.back();
  open.back()->data.open_index = order.data.open_index;
  open.pop_back();
}

}  // namespace outcry
