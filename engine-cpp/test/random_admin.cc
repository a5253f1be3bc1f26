// The seldom commands of a stream.
#include <string>

#include "random_stream.h"

namespace outcry::test {

Command RandomStream::administer() {
  switch (between(0, 7)) {
    case 0:
      return AdjustCash{any_account(), any_currency(), between(-3'000'000, 3'500'000),
                        next_reference()};
    case 1:
      return AdjustPosition{any_account(), any_symbol(), between(-200, 250), next_reference()};
    case 2:
      return SetLimits{any_account(), any_currency(), chance(50) ? 0 : between(-1, 5'000'000),
                       chance(50) ? 0 : between(-1, 600)};
    case 3:
      // Seldom, so that few are suspended at a time.
      if (!chance(20)) return ResumeAccount{any_account()};
      return SuspendAccount{any_account()};
    case 4:
    case 5:
      return ResumeAccount{any_account()};
    case 6:
      return define_again();
    default:
      return SetInstrumentStatus{any_symbol(),
                                 chance(15) ? InstrumentStatus::kHalted : InstrumentStatus::kOpen};
  }
}

Command RandomStream::define_again() {
  InstrumentTerms terms = terms_[any_of(size_.symbols)];
  terms.status = InstrumentStatus::kOpen;
  terms.maker_fee_ppm = static_cast<std::int32_t>(between(-500, 1'500));
  terms.taker_fee_ppm = static_cast<std::int32_t>(between(500, 2'000));
  if (chance(30)) terms.tick = between(1, 5);
  if (chance(20)) terms.lot = between(1, 10);
  if (chance(30)) terms.band_ppm = static_cast<std::uint64_t>(between(0, 2) * 40'000);
  return DefineInstrument{terms, chance(20)};
}

Reference RandomStream::next_reference() {
  // Now and then one that was used.
  if (references_ > 100 && chance(5)) return Reference("r" + std::to_string(references_ - 50));
  return Reference("r" + std::to_string(++references_));
}

}  // namespace outcry::test
