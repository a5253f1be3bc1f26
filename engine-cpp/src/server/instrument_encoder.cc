#include "server/instrument_encoder.h"

namespace outcry {

void encode_instrument(const InstrumentTerms& terms, engine::v1::Instrument& message) {
  message.set_symbol(std::string(terms.symbol.view()));
  message.set_currency(std::string(terms.currency.view()));
  message.set_price_scale(terms.price_scale);
  message.set_quantity_scale(terms.quantity_scale);
  message.set_cash_scale(terms.cash_scale);
  message.set_tick(terms.tick);
  message.set_lot(terms.lot);
  message.set_max_quantity(terms.max_quantity);
  message.set_max_notional(terms.max_notional);
  message.set_reference_price(terms.reference_price);
  message.set_band_ppm(terms.band_ppm);
  message.set_maker_fee_ppm(terms.maker_fee_ppm);
  message.set_taker_fee_ppm(terms.taker_fee_ppm);
  message.set_status(static_cast<engine::v1::InstrumentStatus>(terms.status));
}

}  // namespace outcry
