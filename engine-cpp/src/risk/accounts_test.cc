#include "risk/accounts.h"

#include <gtest/gtest.h>

#include "book/order_store.h"

namespace outcry {
namespace {

constexpr AccountId kAlice = 7;
constexpr CurrencyIndex kDollars = 0;
constexpr CurrencyIndex kEuros = 1;

TEST(Accounts, HouseIsThereFromTheStart) {
  const Accounts accounts(0);
  EXPECT_EQ(accounts.find(kHouse), kHouseSlot);
  EXPECT_EQ(accounts.find(kAlice), kNoAccount);
}

TEST(Accounts, ManyAccountsAreFoundAgain) {
  Accounts accounts(0);
  for (AccountId id = 1; id <= 5'000; ++id)
    accounts.open(id * 1'000, 3);
  for (AccountId id = 1; id <= 5'000; ++id) {
    ASSERT_EQ(accounts.find(id * 1'000), id);
    ASSERT_EQ(accounts.find(id * 1'000 + 1), kNoAccount);
  }
}

TEST(Accounts, CashIsKeptByCurrency) {
  Accounts accounts(0);
  const AccountSlot alice = accounts.open(kAlice, 0);
  EXPECT_EQ(accounts.find_cash(alice, kEuros), kNoHandle);
  const CashIndex euros = accounts.find_or_add_cash(alice, kEuros);
  const CashIndex dollars = accounts.find_or_add_cash(alice, kDollars);
  EXPECT_NE(euros, dollars);
  EXPECT_EQ(accounts.find_or_add_cash(alice, kEuros), euros);
  EXPECT_EQ(accounts[alice].first_cash, euros);
  EXPECT_EQ(accounts.cash(euros).next, dollars);
}

TEST(Accounts, PositionKnowsItsCash) {
  Accounts accounts(0);
  const AccountSlot alice = accounts.open(kAlice, 0);
  const PositionIndex position = accounts.find_or_add_position(alice, 5, kDollars);
  EXPECT_EQ(accounts.position(position).cash, accounts.find_cash(alice, kDollars));
  EXPECT_EQ(accounts.find_position(alice, 5), position);
  EXPECT_EQ(accounts.find_position(alice, 6), kNoHandle);
}

TEST(Accounts, AvailableCountsCreditAndHolds) {
  CashBalance balance;
  balance.cash = 100;
  balance.credit_limit = 50;
  balance.held = 160;
  EXPECT_EQ(static_cast<int>(balance.available()), -10);
}

TEST(Accounts, OpenOrdersComeAndGoInAnyOrder) {
  Accounts accounts(0);
  const AccountSlot alice = accounts.open(kAlice, 0);
  OrderStore store;
  std::vector<Order*> orders;
  for (OrderId id = 1; id <= 3; ++id) {
    Order& order = store.create(id);
    order.account = alice;
    accounts.add_open_order(order);
    orders.push_back(&order);
  }
  accounts.remove_open_order(*orders[0]);
  EXPECT_EQ(accounts[alice].open_orders.size(), 2u);
  accounts.remove_open_order(*orders[1]);
  accounts.remove_open_order(*orders[2]);
  EXPECT_TRUE(accounts[alice].open_orders.empty());
}

}  // namespace
}  // namespace outcry
