#include "engine/execution.h"
#include "engine/holds.h"
#include "engine/terms_check.h"
#include "engine/transitions.h"

namespace outcry {
namespace {

bool overflows(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum);
}

// What taking `amount` (above 0) would leave to spend; negative: there is not as much.
Wide left_of_cash(const State& state, AccountSlot account, CurrencyIndex currency, Wide amount) {
  const CashIndex index =
      currency == kNoCurrency ? kNoHandle : state.accounts.find_cash(account, currency);
  const Wide available = index == kNoHandle ? 0 : state.accounts.cash(index).available();
  return available - amount;
}

Cash cash_of(const State& state, AccountSlot account, CurrencyIndex currency) {
  const CashIndex index =
      currency == kNoCurrency ? kNoHandle : state.accounts.find_cash(account, currency);
  return index == kNoHandle ? 0 : state.accounts.cash(index).cash;
}

Outcome rejected(RejectCode code) {
  return Rejection{code};
}

}  // namespace

Outcome Execution::run_one(const OpenAccount& command) {
  if (command.account_id == kHouse || command.currency.empty() || command.cash < 0 ||
      command.credit_limit < 0 || command.short_limit < 0) {
    return rejected(RejectCode::kInvalidCommand);
  }
  if (state_.accounts.find(command.account_id) != kNoAccount) return Done{};
  const AccountOpened opened{command.account_id, command.short_limit};
  const AccountSlot account = open_account(state_, command, opened);
  emit(opened);
  if (command.cash != 0) {
    const CashAdjusted adjusted{command.account_id, command.currency, command.cash,
                                Reference("opening")};
    adjust_cash(state_, account, adjusted);
    emit(adjusted);
  }
  if (command.credit_limit != 0) {
    const LimitsSet limits{command.account_id, command.currency, command.credit_limit,
                           command.short_limit};
    set_limits(state_, account, limits);
    emit(limits);
  }
  return Done{};
}

Outcome Execution::run_one(const AdjustCash& command) {
  if (command.amount == 0 || command.currency.empty() || command.reference.empty())
    return rejected(RejectCode::kInvalidCommand);
  const AccountSlot account = state_.accounts.find(command.account_id);
  if (account == kNoAccount) return rejected(RejectCode::kUnknownAccount);
  const CurrencyIndex currency = state_.instruments.find_currency(command.currency);
  if (const auto* made = state_.references.find(account, command.reference)) {
    const bool same = made->adjusted == Adjusted::kCash && made->thing == currency &&
                      made->amount == command.amount;
    return same ? Outcome{Done{}} : rejected(RejectCode::kInvalidCommand);
  }
  if (overflows(cash_of(state_, account, currency), command.amount))
    return rejected(RejectCode::kOverflow);
  if (command.amount < 0 && left_of_cash(state_, account, currency, -Wide{command.amount}) < 0) {
    return rejected(RejectCode::kInsufficientFunds);
  }
  const CashAdjusted adjusted{command.account_id, command.currency, command.amount,
                              command.reference};
  adjust_cash(state_, account, adjusted);
  emit(adjusted);
  return Done{};
}

Outcome Execution::run_one(const AdjustPosition& command) {
  if (command.quantity == 0 || command.reference.empty())
    return rejected(RejectCode::kInvalidCommand);
  const InstrumentIndex instrument = state_.instruments.find(command.symbol);
  if (instrument == kNoInstrument) return rejected(RejectCode::kUnknownSymbol);
  const AccountSlot account = state_.accounts.find(command.account_id);
  if (account == kNoAccount || account == kHouseSlot) return rejected(RejectCode::kUnknownAccount);
  if (const auto* made = state_.references.find(account, command.reference)) {
    const bool same = made->adjusted == Adjusted::kPosition && made->thing == instrument &&
                      made->amount == command.quantity;
    return same ? Outcome{Done{}} : rejected(RejectCode::kInvalidCommand);
  }
  const PositionIndex index = state_.accounts.find_position(account, instrument);
  const Position position = index == kNoHandle ? Position{} : state_.accounts.position(index);
  if (overflows(position.quantity, command.quantity)) return rejected(RejectCode::kOverflow);
  const Wide left = Wide{position.quantity} - position.held + command.quantity;
  if (command.quantity < 0 && left < -Wide{state_.accounts[account].short_limit})
    return rejected(RejectCode::kPositionLimit);
  const PositionAdjusted adjusted{command.account_id, instrument, command.quantity,
                                  command.reference};
  adjust_position(state_, account, adjusted);
  emit(adjusted);
  return Done{};
}

Outcome Execution::run_one(const SetLimits& command) {
  if (command.currency.empty() || command.credit_limit < 0 || command.short_limit < 0)
    return rejected(RejectCode::kInvalidCommand);
  const AccountSlot account = state_.accounts.find(command.account_id);
  if (account == kNoAccount || account == kHouseSlot) return rejected(RejectCode::kUnknownAccount);
  const LimitsSet limits{command.account_id, command.currency, command.credit_limit,
                         command.short_limit};
  set_limits(state_, account, limits);
  emit(limits);
  return Done{};
}

Outcome Execution::run_one(const SuspendAccount& command) {
  const AccountSlot account = state_.accounts.find(command.account_id);
  if (account == kNoAccount || account == kHouseSlot) return rejected(RejectCode::kUnknownAccount);
  if (state_.accounts[account].suspended) return Done{};
  suspend_account(state_, account);
  emit(AccountSuspended{command.account_id});
  cancel_all(account, kNoInstrument, CancelReason::kAccountSuspended);
  work_.canceled.clear();
  return Done{};
}

Outcome Execution::run_one(const ResumeAccount& command) {
  const AccountSlot account = state_.accounts.find(command.account_id);
  if (account == kNoAccount || account == kHouseSlot) return rejected(RejectCode::kUnknownAccount);
  if (!state_.accounts[account].suspended) return Done{};
  resume_account(state_, account);
  emit(AccountResumed{command.account_id});
  return Done{};
}

Outcome Execution::run_one(const DefineInstrument& command) {
  if (!are_possible(command.terms)) return rejected(RejectCode::kInvalidCommand);
  InstrumentIndex index = state_.instruments.find(command.terms.symbol);
  if (index == kNoInstrument) {
    if (!suits_currency(state_, command.terms)) return rejected(RejectCode::kInvalidCommand);
    index = static_cast<InstrumentIndex>(state_.instruments.size());
  } else {
    const Instrument& instrument = state_.instruments[index];
    if (command.only_if_absent || instrument.state.terms == command.terms) return Done{};
    if (!may_become(instrument.state.terms, command.terms))
      return rejected(RejectCode::kInvalidCommand);
    if (!holds_fit(state_, instrument, command.terms)) return rejected(RejectCode::kOverflow);
  }
  const InstrumentDefined defined{index};
  define_instrument(state_, command.terms, defined);
  emit(defined);
  return Done{};
}

Outcome Execution::run_one(const SetInstrumentStatus& command) {
  const InstrumentIndex index = state_.instruments.find(command.symbol);
  if (index == kNoInstrument) return rejected(RejectCode::kUnknownSymbol);
  if (command.status != InstrumentStatus::kOpen && command.status != InstrumentStatus::kHalted)
    return rejected(RejectCode::kInvalidCommand);
  if (state_.instruments[index].state.terms.status == command.status) return Done{};
  const InstrumentStatusChanged changed{index, command.status};
  set_instrument_status(state_, changed);
  emit(changed);
  return Done{};
}

}  // namespace outcry
