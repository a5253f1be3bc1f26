#include "server/result_encoder.h"

#include "server/instrument_encoder.h"
#include "server/reject_text.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

void encode_order(const OrderState& order, pb::Order& message) {
  const PlaceOrder& terms = order.terms;
  message.set_order_id(order.order_id);
  message.set_account_id(terms.account_id);
  const std::string_view client_order_id = terms.client_order_id.view();
  message.set_client_order_id(client_order_id.data(), client_order_id.size());
  const std::string_view symbol = terms.symbol.view();
  message.set_symbol(symbol.data(), symbol.size());
  message.set_side(static_cast<pb::Side>(terms.side));
  message.set_type(static_cast<pb::OrderType>(terms.type));
  message.set_time_in_force(static_cast<pb::TimeInForce>(terms.time_in_force));
  message.set_quantity(terms.quantity);
  message.set_price(terms.price);
  message.set_stop_price(terms.stop_price);
  message.set_trail_amount(terms.trail_amount);
  message.set_display_quantity(terms.display_quantity);
  message.set_expires_at(terms.expires_at);
  message.set_post_only(terms.post_only);
  message.set_self_trade_prevention(
      static_cast<pb::SelfTradePrevention>(terms.self_trade_prevention));
  message.set_status(static_cast<pb::OrderStatus>(order.status));
  message.set_cancel_reason(static_cast<pb::CancelReason>(order.cancel_reason));
  message.set_filled_quantity(order.filled_quantity);
  message.set_filled_notional(order.filled_notional);
  message.set_fees(order.fees);
  message.set_created_at(order.created_at);
  message.set_updated_at(order.updated_at);
}

void encode_fill(const Fill& fill, pb::Fill& message) {
  message.set_trade_id(fill.trade_id);
  message.set_price(fill.price);
  message.set_quantity(fill.quantity);
  message.set_fee(fill.fee);
  message.set_liquidity(static_cast<pb::Liquidity>(fill.liquidity));
  message.set_sequence(fill.sequence);
  message.set_notional(fill.notional);
  message.set_time(fill.time);
}

// One overload for each alternative of Reply.
class ReplyEncoder {
 public:
  ReplyEncoder(std::span<const Fill> fills, pb::Result& message)
      : fills_(fills), message_(message) {}

  void operator()(const Done&) { message_.mutable_done(); }

  void operator()(const Rejection& rejection) {
    const std::string_view text = reject_text(rejection.code);
    pb::Rejection& message = *message_.mutable_rejection();
    message.set_code(static_cast<pb::RejectCode>(rejection.code));
    message.set_message(text.data(), text.size());
  }

  void operator()(const OrderResult& result) {
    pb::OrderResult& message = *message_.mutable_order();
    encode_order(result.order, *message.mutable_order());
    for (const Fill& fill : fills_)
      encode_fill(fill, *message.add_fills());
    message.set_duplicate(result.duplicate);
  }

  void operator()(const AccountReply& reply) {
    pb::Account& message = *message_.mutable_account();
    message.set_account_id(reply.state.account_id);
    message.set_suspended(reply.state.suspended);
    message.set_short_limit(reply.state.short_limit);
    for (const CashState& cash : reply.state.cash) {
      pb::CashBalance& balance = *message.add_cash();
      balance.set_currency(std::string(cash.currency.view()));
      balance.set_cash(cash.cash);
      balance.set_held(cash.held);
      balance.set_credit_limit(cash.credit_limit);
    }
    for (std::size_t i = 0; i < reply.symbols.size(); ++i) {
      pb::Position& position = *message.add_positions();
      position.set_symbol(std::string(reply.symbols[i].view()));
      position.set_quantity(reply.state.positions[i].quantity);
      position.set_held(reply.state.positions[i].held);
    }
  }

  void operator()(const InstrumentsReply& reply) {
    pb::InstrumentList& message = *message_.mutable_instruments();
    for (const InstrumentState& state : reply.instruments) {
      pb::Instrument& instrument = *message.add_instruments();
      encode_instrument(state.terms, instrument);
      instrument.set_last_price(state.last_price);
    }
  }

  void operator()(const CanceledReply& reply) {
    pb::CancelAllResult& message = *message_.mutable_cancel_all();
    for (const OrderState& order : reply.orders)
      encode_order(order, *message.add_orders());
  }

 private:
  std::span<const Fill> fills_;
  pb::Result& message_;
};

}  // namespace

void encode_result(const Answer& answer, std::span<const Fill> fills, pb::Result& message) {
  message.set_request_id(answer.request_id);
  message.set_sequence(answer.sequence);
  std::visit(ReplyEncoder(fills.subspan(answer.first_fill, answer.fill_count), message),
             answer.reply);
}

void encode_rejection(std::uint64_t request_id, RejectCode code, const std::string& message_text,
                      pb::Result& message) {
  message.set_request_id(request_id);
  message.mutable_rejection()->set_code(static_cast<pb::RejectCode>(code));
  message.mutable_rejection()->set_message(message_text);
}

}  // namespace outcry
