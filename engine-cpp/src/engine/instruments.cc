#include "engine/instruments.h"

#include "engine/text_hash.h"
#include "outcry/assert.h"

namespace outcry {
namespace {

// Symbols are chosen by the operator.
constexpr std::uint64_t kSymbolSeed = 0;

}  // namespace

Instrument::Instrument(const InstrumentTerms& terms, InstrumentIndex instrument, CurrencyIndex in,
                       std::pmr::memory_resource& memory)
    : index(instrument),
      currency(in),
      cash_factor(power_of_ten(terms.cash_scale - terms.price_scale - terms.quantity_scale)),
      state{terms, 0},
      book(terms.tick),
      stops(memory) {}

InstrumentIndex Instruments::find(const Symbol& symbol) const {
  return by_symbol_.find(hash_of(symbol, kSymbolSeed), [&](Handle index) {
    return instruments_[index]->state.terms.symbol == symbol;
  });
}

Instrument& Instruments::define(const InstrumentTerms& terms, CurrencyIndex currency) {
  OUTCRY_ASSERT(find(terms.symbol) == kNoInstrument);
  const auto index = static_cast<InstrumentIndex>(instruments_.size());
  instruments_.push_back(std::make_unique<Instrument>(terms, index, currency, memory_));
  by_symbol_.insert(hash_of(terms.symbol, kSymbolSeed), index);
  currencies_[currency].cash_scale = terms.cash_scale;
  return *instruments_.back();
}

CurrencyIndex Instruments::find_currency(const Currency& name) const {
  // A venue has a handful of them.
  for (std::size_t i = 0; i < currencies_.size(); ++i) {
    if (currencies_[i].name == name) return static_cast<CurrencyIndex>(i);
  }
  return kNoCurrency;
}

CurrencyIndex Instruments::add_currency(const Currency& name) {
  OUTCRY_ASSERT(find_currency(name) == kNoCurrency);
  currencies_.push_back(CurrencyEntry{.name = name});
  return static_cast<CurrencyIndex>(currencies_.size() - 1);
}

}  // namespace outcry
