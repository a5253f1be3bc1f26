#include "engine/order_records.h"

#include <algorithm>

#include "engine/text_hash.h"
#include "outcry/assert.h"

namespace outcry {
namespace {

constexpr int kMostExpiredAtOnce = 4;
constexpr std::size_t kSmallestQueue = 16;

bool has_special_terms(const PlaceOrder& terms) {
  return terms.stop_price != 0 || terms.trail_amount != 0 || terms.display_quantity != 0 ||
         terms.expires_at != 0;
}

}  // namespace

OrderRecords::OrderRecords(Timestamp window, std::uint64_t hash_seed, std::size_t expected)
    : window_(window),
      hash_seed_(hash_seed),
      by_client_order_id_(expected),
      queue_(std::bit_ceil(std::max(expected, kSmallestQueue))) {}

Handle OrderRecords::create(AccountSlot account, InstrumentIndex instrument,
                            const PlaceOrder& terms, OrderId order_id, Timestamp now) {
  OrderRecord record;
  record.order_id = order_id;
  record.quantity = terms.quantity;
  record.price = terms.price;
  record.created_at = now;
  record.instrument = instrument;
  record.account = account;
  record.side = terms.side;
  record.type = terms.type;
  record.time_in_force = terms.time_in_force;
  record.self_trade_prevention = terms.self_trade_prevention;
  record.post_only = terms.post_only;
  record.client_order_id = terms.client_order_id;
  if (has_special_terms(terms)) {
    record.special = special_.create(
        SpecialTerms{terms.stop_price, terms.trail_amount, terms.display_quantity, terms.expires_at,
                     terms.price, terms.quantity, terms.stop_price, terms.trail_amount});
  }
  const Handle handle = records_.create(record);
  if (terms.client_order_id.empty()) return handle;
  if (const Handle earlier = find(account, terms.client_order_id); earlier != kNoHandle)
    forget(earlier);
  let_be_found(handle);
  enqueue(handle);
  return handle;
}

Handle OrderRecords::restore(const OrderRecord& record, const SpecialTerms* special, bool found,
                             bool remembered) {
  OrderRecord restored = record;
  restored.special = special == nullptr ? kNoHandle : special_.create(*special);
  const Handle handle = records_.create(restored);
  if (found) let_be_found(handle);
  if (remembered) enqueue(handle);
  return handle;
}

void OrderRecords::let_be_found(Handle handle) {
  by_client_order_id_.insert(hash(records_[handle]), handle);
  records_[handle].found = true;
}

void OrderRecords::enqueue(Handle handle) {
  if (queue_size_ == queue_.size()) {
    std::rotate(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(queue_first_),
                queue_.end());
    queue_first_ = 0;
    queue_.resize(2 * queue_.size());
  }
  queue_[(queue_first_ + queue_size_) & (queue_.size() - 1)] = handle;
  ++queue_size_;
  records_[handle].queued = true;
}

Handle OrderRecords::find(AccountSlot account, const ClientOrderId& client_order_id) const {
  return by_client_order_id_.find(hash(account, client_order_id), [&](Handle handle) {
    const OrderRecord& record = records_[handle];
    return record.account == account && record.client_order_id == client_order_id;
  });
}

Handle OrderRecords::find_closed(OrderId order_id) const {
  std::size_t low = 0;
  std::size_t high = queue_size_;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (records_[queued(middle)].order_id < order_id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == queue_size_) return kNoHandle;
  const OrderRecord& record = records_[queued(low)];
  return record.order_id == order_id && !record.open ? queued(low) : kNoHandle;
}

void OrderRecords::keep_sent_terms(Handle handle) {
  OrderRecord& record = records_[handle];
  if (record.special != kNoHandle) return;
  SpecialTerms special;
  special.sent_price = record.price;
  special.sent_quantity = record.quantity;
  record.special = special_.create(special);
}

bool OrderRecords::same_terms(const OrderRecord& record, InstrumentIndex instrument,
                              const PlaceOrder& terms) const {
  SpecialTerms sent;
  sent.sent_price = record.price;
  sent.sent_quantity = record.quantity;
  if (const SpecialTerms* kept = special(record); kept != nullptr) sent = *kept;
  return record.instrument == instrument && record.side == terms.side &&
         record.type == terms.type && record.time_in_force == terms.time_in_force &&
         record.self_trade_prevention == terms.self_trade_prevention &&
         record.post_only == terms.post_only && sent.sent_quantity == terms.quantity &&
         sent.sent_price == terms.price && sent.sent_stop_price == terms.stop_price &&
         sent.sent_trail_amount == terms.trail_amount &&
         sent.display_quantity == terms.display_quantity && sent.expires_at == terms.expires_at;
}

void OrderRecords::close(Handle handle) {
  OrderRecord& record = records_[handle];
  record.open = false;
  if (!record.queued) destroy(handle);
}

void OrderRecords::expire(Timestamp now) {
  for (int i = 0; i < kMostExpiredAtOnce && queue_size_ > 0; ++i) {
    const Handle handle = queued(0);
    OrderRecord& record = records_[handle];
    if (in_window(record, now)) return;
    queue_first_ = (queue_first_ + 1) & (queue_.size() - 1);
    --queue_size_;
    record.queued = false;
    if (!record.open) destroy(handle);
  }
}

SpecialTerms* OrderRecords::special(const OrderRecord& record) {
  return record.special == kNoHandle ? nullptr : &special_[record.special];
}

const SpecialTerms* OrderRecords::special(const OrderRecord& record) const {
  return record.special == kNoHandle ? nullptr : &special_[record.special];
}

std::size_t OrderRecords::bytes() const {
  return records_.bytes() + special_.bytes() + by_client_order_id_.bytes() +
         queue_.capacity() * sizeof(Handle);
}

std::uint32_t OrderRecords::hash(AccountSlot account, const ClientOrderId& client_order_id) const {
  return hash_of(client_order_id, hash_seed_ + account);
}

void OrderRecords::forget(Handle handle) {
  by_client_order_id_.erase(hash(records_[handle]), handle);
  records_[handle].found = false;
}

void OrderRecords::destroy(Handle handle) {
  const OrderRecord& record = records_[handle];
  if (record.found) forget(handle);
  if (record.special != kNoHandle) special_.destroy(record.special);
  records_.destroy(handle);
}

}  // namespace outcry
