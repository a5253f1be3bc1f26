// The names that a scenario gives to accounts and orders.
#pragma once

#include <map>
#include <string>

#include "outcry/types.h"

namespace outcry::test {

class Names {
 public:
  // A new account gets the next id.
  AccountId account(const std::string& name) {
    const auto [it, added] = ids_.try_emplace(name, ids_.size());
    if (added) account_names_[it->second] = name;
    return it->second;
  }
  // The house included.
  std::size_t account_count() const { return ids_.size(); }
  std::string account_name(AccountId id) const {
    const auto it = account_names_.find(id);
    return it == account_names_.end() ? (id == 0 ? "house" : "account" + std::to_string(id))
                                      : it->second;
  }

  void name_order(const std::string& name, OrderId id) {
    order_ids_[name] = id;
    order_names_[id] = name;
  }
  // 0: no order has that name.
  OrderId order(const std::string& name) const {
    const auto it = order_ids_.find(name);
    return it == order_ids_.end() ? 0 : it->second;
  }
  std::string order_name(OrderId id) const {
    const auto it = order_names_.find(id);
    return it == order_names_.end() ? "#" + std::to_string(id) : it->second;
  }

 private:
  std::map<std::string, AccountId> ids_{{"house", 0}};
  std::map<AccountId, std::string> account_names_{{0, "house"}};
  std::map<std::string, OrderId> order_ids_;
  std::map<OrderId, std::string> order_names_;
};

}  // namespace outcry::test
