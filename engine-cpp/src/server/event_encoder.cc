#include "server/event_encoder.h"

#include <string_view>
#include <variant>

#include "journal/damage.h"
#include "journal/frame.h"
#include "server/instrument_encoder.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

template <std::size_t N>
std::string text(const FixedText<N>& fixed) {
  return std::string(fixed.view());
}

void encode_terms(const PlaceOrder& order, pb::PlaceOrder& message) {
  message.set_account_id(order.account_id);
  message.set_symbol(text(order.symbol));
  message.set_side(static_cast<pb::Side>(order.side));
  message.set_type(static_cast<pb::OrderType>(order.type));
  message.set_time_in_force(static_cast<pb::TimeInForce>(order.time_in_force));
  message.set_quantity(order.quantity);
  message.set_price(order.price);
  message.set_stop_price(order.stop_price);
  message.set_trail_amount(order.trail_amount);
  message.set_display_quantity(order.display_quantity);
  message.set_expires_at(order.expires_at);
  message.set_post_only(order.post_only);
  message.set_self_trade_prevention(
      static_cast<pb::SelfTradePrevention>(order.self_trade_prevention));
  message.set_client_order_id(text(order.client_order_id));
}

pb::RejectCode to_message(RejectCode code) {
  return static_cast<pb::RejectCode>(code);
}

}  // namespace

// One overload for each alternative of Event. Terms that an event leaves out are its command's.
class EventEncoder::BodyEncoder {
 public:
  BodyEncoder(const EventEncoder& names, const Command& command, pb::Event& message)
      : names_(names), command_(command), message_(message) {}

  void operator()(const OrderAccepted& event) {
    pb::OrderAccepted& body = *message_.mutable_order_accepted();
    body.set_order_id(event.order_id);
    encode_terms(std::get<PlaceOrder>(command_), *body.mutable_terms());
  }

  void operator()(const OrderRejected& event) {
    pb::OrderRejected& body = *message_.mutable_order_rejected();
    encode_terms(std::get<PlaceOrder>(command_), *body.mutable_terms());
    body.set_code(to_message(event.code));
  }

  void operator()(const Traded& event) {
    const Name& name = names_.name(event.instrument);
    pb::Traded& body = *message_.mutable_traded();
    body.set_trade_id(event.trade_id);
    body.set_symbol(text(name.symbol));
    body.set_price(event.price);
    body.set_quantity(event.quantity);
    body.set_notional(event.notional);
    body.set_currency(text(name.currency));
    body.set_taker_side(static_cast<pb::Side>(event.taker_side));
    body.set_maker_order_id(event.maker_order_id);
    body.set_taker_order_id(event.taker_order_id);
    body.set_maker_account_id(event.maker_account_id);
    body.set_taker_account_id(event.taker_account_id);
    body.set_maker_fee(event.maker_fee);
    body.set_taker_fee(event.taker_fee);
    body.set_maker_remaining(event.maker_remaining);
    body.set_taker_remaining(event.taker_remaining);
  }

  void operator()(const OrderReplaced& event) {
    pb::OrderReplaced& body = *message_.mutable_order_replaced();
    set_order(event, body);
    body.set_price(event.price);
    body.set_quantity(event.quantity);
    body.set_stop_price(event.stop_price);
    body.set_trail_amount(event.trail_amount);
    body.set_kept_priority(event.kept_priority);
  }

  void operator()(const ReplaceRejected& event) {
    pb::ReplaceRejected& body = *message_.mutable_replace_rejected();
    body.set_order_id(event.order_id);
    body.set_account_id(event.account_id);
    body.set_code(to_message(event.code));
  }

  void operator()(const CancelRejected& event) {
    pb::CancelRejected& body = *message_.mutable_cancel_rejected();
    body.set_order_id(event.order_id);
    body.set_account_id(event.account_id);
    body.set_code(to_message(event.code));
  }

  void operator()(const OrderTriggered& event) {
    pb::OrderTriggered& body = *message_.mutable_order_triggered();
    set_order(event, body);
    body.set_stop_price(event.stop_price);
  }

  void operator()(const OrderCanceled& event) {
    pb::OrderCanceled& body = *message_.mutable_order_canceled();
    set_order(event, body);
    body.set_reason(static_cast<pb::CancelReason>(event.reason));
    body.set_canceled_quantity(event.canceled_quantity);
    body.set_remaining(event.remaining);
  }

  void operator()(const OrderExpired& event) {
    pb::OrderExpired& body = *message_.mutable_order_expired();
    set_order(event, body);
    body.set_canceled_quantity(event.canceled_quantity);
  }

  void operator()(const AccountOpened& event) {
    pb::AccountOpened& body = *message_.mutable_account_opened();
    body.set_account_id(event.account_id);
    body.set_short_limit(event.short_limit);
  }

  void operator()(const CashAdjusted& event) {
    pb::CashAdjusted& body = *message_.mutable_cash_adjusted();
    body.set_account_id(event.account_id);
    body.set_currency(text(event.currency));
    body.set_amount(event.amount);
    body.set_reference(text(event.reference));
  }

  void operator()(const PositionAdjusted& event) {
    pb::PositionAdjusted& body = *message_.mutable_position_adjusted();
    body.set_account_id(event.account_id);
    body.set_symbol(text(names_.name(event.instrument).symbol));
    body.set_quantity(event.quantity);
    body.set_reference(text(event.reference));
  }

  void operator()(const LimitsSet& event) {
    pb::LimitsSet& body = *message_.mutable_limits_set();
    body.set_account_id(event.account_id);
    body.set_currency(text(event.currency));
    body.set_credit_limit(event.credit_limit);
    body.set_short_limit(event.short_limit);
  }

  void operator()(const AccountSuspended& event) {
    message_.mutable_account_suspended()->set_account_id(event.account_id);
  }

  void operator()(const AccountResumed& event) {
    message_.mutable_account_resumed()->set_account_id(event.account_id);
  }

  void operator()(const InstrumentDefined&) {
    encode_instrument(std::get<DefineInstrument>(command_).terms,
                      *message_.mutable_instrument_defined()->mutable_instrument());
  }

  void operator()(const InstrumentStatusChanged& event) {
    pb::InstrumentStatusChanged& body = *message_.mutable_instrument_status_changed();
    body.set_symbol(text(names_.name(event.instrument).symbol));
    body.set_status(static_cast<pb::InstrumentStatus>(event.status));
  }

  void operator()(const SessionClosed&) { message_.mutable_session_closed(); }

 private:
  void set_order(const auto& event, auto& body) {
    body.set_order_id(event.order_id);
    body.set_account_id(event.account_id);
    body.set_symbol(text(names_.name(event.instrument).symbol));
  }

  const EventEncoder& names_;
  const Command& command_;
  pb::Event& message_;
};

EventEncoder::EventEncoder(const Engine& engine) {
  for (InstrumentIndex index = 0; index < engine.instrument_count(); ++index) {
    learn(index, engine.instrument(index).terms);
  }
}

void EventEncoder::encode(std::span<const std::byte> frame, Sequence after_sequence,
                          const Take& take) {
  const FrameHeader header = check_frame_header(frame).header;
  std::span<const std::byte> body = frame_body(frame, header);
  Sequence sequence = header.first_sequence;
  auto* batch = new_batch();
  for (std::uint32_t i = 0; i < header.entry_count; ++i) {
    const std::size_t length = decode_entry(body, entry_);
    if (length == 0) {
      throw JournalDamage("a durable frame", 0, sequence, "an entry cannot be read");
    }
    body = body.subspan(length);
    for (const Event& event : entry_.events) {
      if (batch->events_size() == kMostEvents) {
        take(*batch);
        batch = new_batch();
      }
      if (sequence > after_sequence) {
        encode(entry_, event, sequence, *batch->add_events());
      } else {
        learn_from(entry_, event);
      }
      ++sequence;
    }
  }
  if (batch->events_size() != 0) take(*batch);
}

pb::EventBatch* EventEncoder::new_batch() {
  arena_.Reset();
  return google::protobuf::Arena::CreateMessage<pb::EventBatch>(&arena_);
}

void EventEncoder::encode(const Entry& entry, const Event& event, Sequence sequence,
                          pb::Event& message) {
  learn_from(entry, event);
  message.set_sequence(sequence);
  message.set_time(entry.time);
  std::visit(BodyEncoder(*this, entry.command, message), event);
}

void EventEncoder::learn_from(const Entry& entry, const Event& event) {
  const auto* defined = std::get_if<InstrumentDefined>(&event);
  if (defined != nullptr) {
    learn(defined->instrument, std::get<DefineInstrument>(entry.command).terms);
  }
}

void EventEncoder::learn(InstrumentIndex index, const InstrumentTerms& terms) {
  if (index >= names_.size()) names_.resize(index + 1);
  names_[index] = {terms.symbol, terms.currency};
}

}  // namespace outcry
