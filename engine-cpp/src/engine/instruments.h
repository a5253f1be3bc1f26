// Instruments and their currencies, numbered in the order in which they were defined.
//
// Single thread.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <vector>

#include "book/book.h"
#include "engine/handle_table.h"
#include "engine/pending_stops.h"
#include "outcry/result.h"
#include "risk/accounts.h"

namespace outcry {

inline constexpr CurrencyIndex kNoCurrency = ~CurrencyIndex{0};
inline constexpr std::uint8_t kUnknownScale = 0xff;
inline constexpr std::uint8_t kLargestScale = 18;

struct CurrencyEntry {
  Currency name;
  std::uint8_t cash_scale = kUnknownScale;  // until an instrument uses it
  Wide deposited = 0;                       // less what was withdrawn
  CashIndex house = kNoHandle;              // where fees go
};

struct Instrument {
  Instrument(const InstrumentTerms& terms, InstrumentIndex instrument, CurrencyIndex in,
             std::pmr::memory_resource& memory);

  const InstrumentIndex index;
  const CurrencyIndex currency;
  const Cash cash_factor;  // a unit of price times a unit of quantity, in cash units

  InstrumentState state;
  Book book;
  PendingStops stops;
  Wide deposited = 0;  // less what was withdrawn

  // What prices are compared with; 0: nothing yet.
  Price reference() const {
    return state.last_price != 0 ? state.last_price : state.terms.reference_price;
  }
};

class Instruments {
 public:
  // Stop orders take their memory from the resource.
  explicit Instruments(std::pmr::memory_resource& memory) : memory_(memory) {}

  InstrumentIndex find(const Symbol& symbol) const;  // kNoInstrument: unknown
  // Precondition: the symbol is unknown so far.
  Instrument& define(const InstrumentTerms& terms, CurrencyIndex currency);

  CurrencyIndex find_currency(const Currency& name) const;  // kNoCurrency: unknown
  CurrencyIndex add_currency(const Currency& name);

  Instrument& operator[](InstrumentIndex index) { return *instruments_[index]; }
  const Instrument& operator[](InstrumentIndex index) const { return *instruments_[index]; }
  CurrencyEntry& currency(CurrencyIndex index) { return currencies_[index]; }
  const CurrencyEntry& currency(CurrencyIndex index) const { return currencies_[index]; }

  std::size_t size() const { return instruments_.size(); }
  std::size_t currency_count() const { return currencies_.size(); }

 private:
  std::pmr::memory_resource& memory_;
  std::vector<std::unique_ptr<Instrument>> instruments_;
  std::vector<CurrencyEntry> currencies_;
  HandleTable by_symbol_;
};

}  // namespace outcry
