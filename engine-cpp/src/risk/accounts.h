// Accounts with their cash by currency, their positions by instrument, and their open orders.
//
// Everything is numbered densely in the order in which it came to be, so that an order reaches its
// position, its account and its cash by index, and a snapshot needs no sorting.
//
// Single thread. No allocation once it has held as many objects before.
#pragma once

#include <cstdint>
#include <vector>

#include "book/order.h"
#include "book/prefetch.h"
#include "engine/handle_table.h"
#include "outcry/types.h"
#include "risk/money.h"

namespace outcry {

using CurrencyIndex = std::uint32_t;
using CashIndex = Handle;
using PositionIndex = Handle;

inline constexpr AccountId kHouse = 0;
inline constexpr AccountSlot kHouseSlot = 0;

struct CashBalance {
  Cash cash = 0;
  Cash held = 0;  // for open buy orders
  Cash credit_limit = 0;
  AccountSlot account = kNoAccount;
  CurrencyIndex currency = 0;
  CashIndex next = kNoHandle;  // of the same account

  // What an order may still spend.
  Wide available() const { return Wide{cash} + credit_limit - held; }
};

struct Position {
  Quantity quantity = 0;
  Quantity held = 0;  // in open sell orders
  AccountSlot account = kNoAccount;
  InstrumentIndex instrument = kNoInstrument;
  CashIndex cash = kNoHandle;      // the account's, in the instrument's currency
  PositionIndex next = kNoHandle;  // of the same account
};

struct Account {
  AccountId id = kHouse;
  Sequence last_sequence = 0;  // of the last event that touched it
  Quantity short_limit = 0;
  bool suspended = false;
  CashIndex first_cash = kNoHandle;
  CashIndex last_cash = kNoHandle;
  PositionIndex first_position = kNoHandle;
  PositionIndex last_position = kNoHandle;
  std::vector<Order*> open_orders;  // in no order that means anything
};

class Accounts {
 public:
  // With the house in slot 0.
  explicit Accounts(std::size_t expected);

  // kNoAccount: unknown.
  AccountSlot find(AccountId id) const;
  // Precondition: unknown so far.
  AccountSlot open(AccountId id, Quantity short_limit);

  // kNoHandle: the account never had any.
  CashIndex find_cash(AccountSlot account, CurrencyIndex currency) const;
  CashIndex find_or_add_cash(AccountSlot account, CurrencyIndex currency);
  PositionIndex find_position(AccountSlot account, InstrumentIndex instrument) const;
  PositionIndex find_or_add_position(AccountSlot account, InstrumentIndex instrument,
                                     CurrencyIndex currency);

  void add_open_order(Order& order);
  void remove_open_order(Order& order);

  Account& operator[](AccountSlot slot) { return accounts_[slot]; }
  const Account& operator[](AccountSlot slot) const { return accounts_[slot]; }
  CashBalance& cash(CashIndex index) { return cash_[index]; }
  const CashBalance& cash(CashIndex index) const { return cash_[index]; }
  Position& position(PositionIndex index) { return positions_[index]; }
  const Position& position(PositionIndex index) const { return positions_[index]; }
  Position& position(const Order& order) { return positions_[order.data.position]; }
  const Position& position(const Order& order) const { return positions_[order.data.position]; }

  // For what is touched soon: what find() reads, an account, a position.
  void prefetch_entry(AccountId id) const { account_by_id_.prefetch(hash_of(id)); }
  void prefetch(AccountSlot slot) const { prefetch_lines(accounts_[slot]); }
  void prefetch_position(PositionIndex index) const { prefetch_line(&positions_[index]); }

  std::size_t size() const { return accounts_.size(); }
  const std::vector<CashBalance>& all_cash() const { return cash_; }
  const std::vector<Position>& all_positions() const { return positions_; }

 private:
  std::vector<Account> accounts_;
  std::vector<CashBalance> cash_;
  std::vector<Position> positions_;
  HandleTable account_by_id_;
  HandleTable cash_by_owner_;
  HandleTable position_by_owner_;
};

}  // namespace outcry
