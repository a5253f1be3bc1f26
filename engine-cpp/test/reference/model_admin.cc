#include <limits>

#include "reference/model.h"

namespace outcry::reference {
namespace {

constexpr Integer kLargest = std::numeric_limits<std::int64_t>::max();

template <class Key>
Integer value_of(const std::map<std::string, std::int64_t>& values, const Key& key) {
  const auto it = values.find(std::string(key));
  return it == values.end() ? 0 : it->second;
}

Answer refused(RejectCode code) {
  return {code, false, 0};
}

}  // namespace

Answer Model::run(const OpenAccount& command) {
  if (command.account_id == 0 || command.currency.empty() || command.cash < 0 ||
      command.credit_limit < 0 || command.short_limit < 0)
    return refused(RejectCode::kInvalidCommand);
  if (account(command.account_id) != nullptr) return {};
  ModelAccount& opened = accounts_[command.account_id];
  opened.id = command.account_id;
  opened.short_limit = command.short_limit;
  const std::string currency(command.currency.view());
  opened.cash[currency] = command.cash;
  emit(AccountOpened{command.account_id, command.short_limit}, {command.account_id});
  if (command.cash != 0) {
    const AdjustCash opening{command.account_id, command.currency, command.cash,
                             Reference("opening")};
    opened.adjustments.emplace("opening", opening);
    emit(CashAdjusted{command.account_id, command.currency, command.cash, opening.reference},
         {command.account_id});
  }
  if (command.credit_limit != 0) {
    opened.credit[currency] = command.credit_limit;
    emit(LimitsSet{command.account_id, command.currency, command.credit_limit, command.short_limit},
         {command.account_id});
  }
  return {};
}

Answer Model::run(const AdjustCash& command) {
  if (command.amount == 0 || command.currency.empty() || command.reference.empty())
    return refused(RejectCode::kInvalidCommand);
  ModelAccount* owner = account(command.account_id);
  if (owner == nullptr) return refused(RejectCode::kUnknownAccount);
  const std::string reference(command.reference.view());
  if (const auto made = owner->adjustments.find(reference); made != owner->adjustments.end())
    return made->second == Command{command} ? Answer{} : refused(RejectCode::kInvalidCommand);
  const std::string currency(command.currency.view());
  if (value_of(owner->cash, currency) + command.amount > kLargest)
    return refused(RejectCode::kOverflow);
  if (command.amount < 0 && available(command.account_id, currency, 0) + command.amount < 0)
    return refused(RejectCode::kInsufficientFunds);
  owner->cash[currency] += command.amount;
  owner->adjustments.emplace(reference, command);
  emit(CashAdjusted{command.account_id, command.currency, command.amount, command.reference},
       {command.account_id});
  return {};
}

Answer Model::run(const AdjustPosition& command) {
  if (command.quantity == 0 || command.reference.empty())
    return refused(RejectCode::kInvalidCommand);
  ModelInstrument* in = instrument(command.symbol);
  if (in == nullptr) return refused(RejectCode::kUnknownSymbol);
  ModelAccount* owner = account(command.account_id);
  if (owner == nullptr || command.account_id == 0) return refused(RejectCode::kUnknownAccount);
  const std::string reference(command.reference.view());
  if (const auto made = owner->adjustments.find(reference); made != owner->adjustments.end())
    return made->second == Command{command} ? Answer{} : refused(RejectCode::kInvalidCommand);
  const std::string symbol(command.symbol.view());
  if (value_of(owner->positions, symbol) + command.quantity > kLargest)
    return refused(RejectCode::kOverflow);
  if (command.quantity < 0 &&
      free_position(command.account_id, symbol, 0) + command.quantity < -owner->short_limit)
    return refused(RejectCode::kPositionLimit);
  owner->positions[symbol] += command.quantity;
  owner->cash[std::string(in->terms.currency.view())] += 0;
  owner->adjustments.emplace(reference, command);
  emit(PositionAdjusted{command.account_id, index_of(*in), command.quantity, command.reference},
       {command.account_id});
  return {};
}

Answer Model::run(const SetLimits& command) {
  if (command.currency.empty() || command.credit_limit < 0 || command.short_limit < 0)
    return refused(RejectCode::kInvalidCommand);
  ModelAccount* owner = account(command.account_id);
  if (owner == nullptr || command.account_id == 0) return refused(RejectCode::kUnknownAccount);
  const std::string currency(command.currency.view());
  owner->cash[currency] += 0;
  owner->credit[currency] = command.credit_limit;
  owner->short_limit = command.short_limit;
  emit(LimitsSet{command.account_id, command.currency, command.credit_limit, command.short_limit},
       {command.account_id});
  return {};
}

Answer Model::run(const SuspendAccount& command) {
  ModelAccount* owner = account(command.account_id);
  if (owner == nullptr || command.account_id == 0) return refused(RejectCode::kUnknownAccount);
  if (owner->suspended) return {};
  owner->suspended = true;
  emit(AccountSuspended{command.account_id}, {command.account_id});
  cancel_open(command.account_id, Symbol(), CancelReason::kAccountSuspended);
  return {};
}

Answer Model::run(const ResumeAccount& command) {
  ModelAccount* owner = account(command.account_id);
  if (owner == nullptr || command.account_id == 0) return refused(RejectCode::kUnknownAccount);
  if (!owner->suspended) return {};
  owner->suspended = false;
  emit(AccountResumed{command.account_id}, {command.account_id});
  return {};
}

// Streams give terms alone that are possible in themselves; that others are refused is shown by
// scenarios.
Answer Model::run(const DefineInstrument& command) {
  ModelInstrument* in = instrument(command.terms.symbol);
  if (in == nullptr) {
    instruments_.push_back({command.terms, 0, {}, {}});
    in = &instruments_.back();
  } else {
    if (command.only_if_absent || in->terms == command.terms) return {};
    if (!holds_fit(command.terms)) return refused(RejectCode::kOverflow);
    in->terms = command.terms;
  }
  emit(InstrumentDefined{index_of(*in)}, {});
  return {};
}

Answer Model::run(const SetInstrumentStatus& command) {
  ModelInstrument* in = instrument(command.symbol);
  if (in == nullptr) return refused(RejectCode::kUnknownSymbol);
  if (in->terms.status == command.status) return {};
  in->terms.status = command.status;
  emit(InstrumentStatusChanged{index_of(*in), command.status}, {});
  return {};
}

}  // namespace outcry::reference
