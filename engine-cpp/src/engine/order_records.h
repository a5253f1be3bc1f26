// What some orders have beside what every open order has: a client order id, and rarer terms. An
// order with a client order id is remembered here for a window of engine time, closed or not, so
// that a repetition finds it; any other record ends with its order.
//
// A remembered order takes sizeof(OrderRecord) = 120 bytes, 4 to 8 in the queue, 4 for its reuse
// and 13 to 26 in the table: at most 158 bytes, and sizeof(SpecialTerms) = 64 more when it was
// replaced, reduced, or has a stop price, an expiry or a displayed quantity.
//
// Single thread. No allocation once it has held as many records before.
#pragma once

#include <cstdint>
#include <vector>

#include "book/order.h"
#include "engine/handle_table.h"
#include "engine/slabs.h"
#include "outcry/command.h"
#include "outcry/result.h"
#include "outcry/types.h"

namespace outcry {

// Terms that few orders have, and those of all terms that can change, as they were first sent.
struct SpecialTerms {
  Price stop_price = 0;  // as it stands
  Price trail_amount = 0;
  Quantity display_quantity = 0;
  Timestamp expires_at = 0;

  Price sent_price = 0;
  Quantity sent_quantity = 0;
  Price sent_stop_price = 0;
  Price sent_trail_amount = 0;
};

static_assert(sizeof(SpecialTerms) == 64);

struct OrderRecord {
  OrderId order_id = 0;

  // While the order is open as first sent, afterwards as it was left.
  Quantity quantity = 0;
  Price price = 0;
  // As the order was left when it closed; until then only `created_at` counts.
  Quantity filled_quantity = 0;
  Cash filled_notional = 0;
  Cash fees = 0;
  Timestamp created_at = 0;
  Timestamp updated_at = 0;

  InstrumentIndex instrument = 0;
  AccountSlot account = kNoAccount;
  Handle special = kNoHandle;
  Side side = Side::kBuy;
  OrderType type = OrderType::kLimit;
  TimeInForce time_in_force = TimeInForce::kGtc;
  SelfTradePrevention self_trade_prevention = SelfTradePrevention::kCancelNewest;
  bool post_only = false;
  OrderStatus status = OrderStatus::kNew;
  CancelReason cancel_reason = CancelReason::kNone;

  bool open : 1 = true;
  bool queued : 1 = false;  // its window has not been seen to end
  bool found : 1 = false;   // by its client order id
  ClientOrderId client_order_id;
};

static_assert(sizeof(OrderRecord) == 120);

class OrderRecords {
 public:
  OrderRecords(Timestamp window, std::uint64_t hash_seed, std::size_t expected);

  // Of an order that is being accepted. The record of an earlier order of the same client order id,
  // whose window is over, is found no more.
  Handle create(AccountSlot account, InstrumentIndex instrument, const PlaceOrder& terms,
                OrderId order_id, Timestamp now);

  // The last order of that client order id that is in its window or open; kNoHandle: none.
  Handle find(AccountSlot account, const ClientOrderId& client_order_id) const;
  void prefetch(AccountSlot account, const ClientOrderId& client_order_id) const {
    by_client_order_id_.prefetch(hash(account, client_order_id));
  }
  // A closed order that is remembered; kNoHandle: none.
  Handle find_closed(OrderId order_id) const;

  // Whether a repetition at that time executes nothing.
  bool in_window(const OrderRecord& record, Timestamp now) const {
    return now - record.created_at < window_;
  }

  // Keeps the terms as first sent, before the first change of them. Precondition: it has a client
  // order id.
  void keep_sent_terms(Handle handle);
  // Whether an order has the terms that the record's was first sent with.
  bool same_terms(const OrderRecord& record, InstrumentIndex instrument,
                  const PlaceOrder& terms) const;

  // The order closed as the record says: remembers it, or ends the record.
  void close(Handle handle);

  // Lets go of the oldest records whose windows are over, a few at a time so that no command waits
  // for many; more than one command can add.
  void expire(Timestamp now);

  OrderRecord& operator[](Handle handle) { return records_[handle]; }
  const OrderRecord& operator[](Handle handle) const { return records_[handle]; }
  // Null when it has none.
  SpecialTerms* special(const OrderRecord& record);
  const SpecialTerms* special(const OrderRecord& record) const;

  // For snapshots: the records in their window, oldest first.
  std::size_t remembered_count() const { return queue_size_; }
  const OrderRecord& remembered(std::size_t at) const { return records_[queued(at)]; }
  // Precondition: remembered ones come oldest first, before any create().
  Handle restore(const OrderRecord& record, const SpecialTerms* special, bool found,
                 bool remembered);

  std::size_t size() const { return records_.size(); }
  std::size_t bytes() const;

 private:
  std::uint32_t hash(AccountSlot account, const ClientOrderId& client_order_id) const;
  std::uint32_t hash(const OrderRecord& record) const {
    return hash(record.account, record.client_order_id);
  }
  Handle queued(std::size_t at) const { return queue_[(queue_first_ + at) & (queue_.size() - 1)]; }
  void enqueue(Handle handle);
  void let_be_found(Handle handle);
  void forget(Handle handle);
  void destroy(Handle handle);

  const Timestamp window_;
  const std::uint64_t hash_seed_;

  Slabs<OrderRecord> records_;
  Slabs<SpecialTerms> special_;
  HandleTable by_client_order_id_;
  // A ring of the records in their window, oldest first; so their order ids ascend.
  std::vector<Handle> queue_;
  std::size_t queue_first_ = 0;
  std::size_t queue_size_ = 0;
};

}  // namespace outcry
