// The layout of each part of a snapshot, once for both directions: `archive` is a SnapshotOut or a
// SnapshotIn.
#pragma once

#include "engine/state.h"

namespace outcry {

inline constexpr std::uint64_t kSnapshotMagic = 0x31'50'41'4e'53'54'55'4fu;  // "OUTSNAP1"

template <class Archive>
void terms_fields(Archive& archive, InstrumentTerms& terms) {
  archive(terms.symbol, terms.currency, terms.price_scale, terms.quantity_scale, terms.cash_scale,
          terms.status, terms.tick, terms.lot, terms.max_quantity, terms.max_notional,
          terms.reference_price, terms.band_ppm, terms.maker_fee_ppm, terms.taker_fee_ppm);
}

template <class Archive>
void record_fields(Archive& archive, OrderRecord& record) {
  archive(record.order_id, record.quantity, record.price, record.filled_quantity,
          record.filled_notional, record.fees, record.created_at, record.updated_at,
          record.instrument, record.account, record.side, record.type, record.time_in_force,
          record.self_trade_prevention, record.post_only, record.status, record.cancel_reason,
          record.client_order_id);
}

template <class Archive>
void special_fields(Archive& archive, SpecialTerms& special) {
  archive(special.stop_price, special.trail_amount, special.display_quantity, special.expires_at,
          special.sent_price, special.sent_quantity, special.sent_stop_price,
          special.sent_trail_amount);
}

template <class Archive>
void order_fields(Archive& archive, Order& order) {
  OrderData& data = order.data;
  archive(order.account, order.side, order.price, order.remaining, order.hidden,
          order.display_quantity, data.quantity, data.filled_notional, data.fees, data.created_at,
          data.updated_at, data.type, data.time_in_force, data.self_trade_prevention);
}

template <class Archive>
void adjustment_fields(Archive& archive, AdjustmentRecord& record) {
  archive(record.amount, record.account, record.thing, record.adjusted, record.reference);
}

// Where an order's record is: nowhere, right behind it, or among the remembered ones.
enum class RecordPlace : std::uint8_t { kNone = 0, kHere = 1, kRemembered = 2 };

}  // namespace outcry
