#include "engine/terms_check.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "engine/holds.h"
#include "risk/money.h"

namespace outcry {

bool are_possible(const InstrumentTerms& terms) {
  const bool scales = terms.cash_scale <= kLargestScale &&
                      terms.price_scale + terms.quantity_scale <= terms.cash_scale;
  // Not above the notional itself, and the house never pays.
  const bool fees = terms.taker_fee_ppm >= 0 && terms.taker_fee_ppm <= kMillion &&
                    terms.maker_fee_ppm <= kMillion &&
                    terms.maker_fee_ppm + terms.taker_fee_ppm >= 0;
  const bool amounts = terms.tick > 0 && terms.lot > 0 && terms.max_quantity > 0 &&
                       terms.max_notional >= 0 && terms.reference_price >= 0;
  const bool status =
      terms.status == InstrumentStatus::kOpen || terms.status == InstrumentStatus::kHalted;
  return !terms.symbol.empty() && !terms.currency.empty() && scales && fees && amounts && status;
}

bool suits_currency(const State& state, const InstrumentTerms& terms) {
  const CurrencyIndex index = state.instruments.find_currency(terms.currency);
  if (index == kNoCurrency) return true;
  const std::uint8_t scale = state.instruments.currency(index).cash_scale;
  return scale == kUnknownScale || scale == terms.cash_scale;
}

bool may_become(const InstrumentTerms& from, const InstrumentTerms& to) {
  return from.currency == to.currency && from.price_scale == to.price_scale &&
         from.quantity_scale == to.quantity_scale && from.cash_scale == to.cash_scale;
}

bool holds_fit(const State& state, const Instrument& instrument, const InstrumentTerms& to) {
  constexpr Wide kMost = std::numeric_limits<Cash>::max();
  const std::int32_t rate = std::max(to.maker_fee_ppm, to.taker_fee_ppm);
  for (AccountSlot slot = 0; slot < state.accounts.size(); ++slot) {
    const CashIndex cash = state.accounts.find_cash(slot, instrument.currency);
    Wide held = cash != kNoHandle ? state.accounts.cash(cash).held : 0;
    for (const Order* order : state.accounts[slot].open_orders) {
      if (!holds_cash(order->side, order->data.type) || &state.instrument(*order) != &instrument)
        continue;
      const auto notional = notional_of(order->price, order->remaining, instrument.cash_factor);
      const Wide hold = Wide{notional.value()} + fee_of(*notional, rate);
      if (hold > kMost) return false;
      if (order->data.holds)
        held += hold - cash_hold(instrument, order->price, order->remaining).value();
    }
    if (held > kMost) return false;
  }
  return true;
}

}  // namespace outcry
