#include "engine/misfit.h"

namespace outcry {
namespace {

bool overflows(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum);
}

CancelReason misfit_of(const State& state, const Order& order, const Traded& event, Cash fee) {
  const Position& position = state.accounts.position(order);
  const CashBalance& balance = state.accounts.cash(position.cash);
  const bool buys = order.side == Side::kBuy;
  Cash amount = 0;
  Cash cash = 0;
  const bool cash_fits = buys ? !__builtin_add_overflow(event.notional, fee, &amount) &&
                                    !__builtin_sub_overflow(balance.cash, amount, &cash)
                              : !__builtin_sub_overflow(event.notional, fee, &amount) &&
                                    !__builtin_add_overflow(balance.cash, amount, &cash);
  if (!cash_fits || overflows(order.data.filled_notional, event.notional) ||
      overflows(order.data.fees, fee)) {
    return CancelReason::kInsufficientFunds;
  }
  return overflows(position.quantity, buys ? event.quantity : -event.quantity)
             ? CancelReason::kPositionLimit
             : CancelReason::kNone;
}

}  // namespace

Misfit misfit_of(const State& state, Order& maker, Order& taker, const Traded& event) {
  if (const CancelReason reason = misfit_of(state, maker, event, event.maker_fee);
      reason != CancelReason::kNone)
    return {&maker, reason};
  if (const CancelReason reason = misfit_of(state, taker, event, event.taker_fee);
      reason != CancelReason::kNone)
    return {&taker, reason};
  const CurrencyIndex currency = state.instruments[event.instrument].currency;
  const CashBalance& house = state.accounts.cash(state.instruments.currency(currency).house);
  // Their sum fits: the buyer pays more than that, since no fee is larger than the notional.
  if (overflows(house.cash, event.maker_fee + event.taker_fee))
    return {&taker, CancelReason::kInsufficientFunds};
  return {};
}

}  // namespace outcry
