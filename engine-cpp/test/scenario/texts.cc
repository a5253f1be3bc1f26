#include "scenario/texts.h"

#include <array>
#include <sstream>

namespace outcry::test {
namespace {

constexpr std::array kRejectCodes{"NONE",
                                  "UNKNOWN_SYMBOL",
                                  "MARKET_HALTED",
                                  "UNKNOWN_ACCOUNT",
                                  "ACCOUNT_SUSPENDED",
                                  "DUPLICATE_CLIENT_ORDER_ID",
                                  "INVALID_QUANTITY",
                                  "INVALID_PRICE",
                                  "INVALID_STOP_PRICE",
                                  "INVALID_ORDER",
                                  "PRICE_OUT_OF_BAND",
                                  "NOTIONAL_LIMIT",
                                  "INSUFFICIENT_FUNDS",
                                  "POSITION_LIMIT",
                                  "POST_ONLY_WOULD_TAKE",
                                  "OVERFLOW",
                                  "UNKNOWN_ORDER",
                                  "INVALID_COMMAND",
                                  "RESOURCE_EXHAUSTED",
                                  "UNAVAILABLE"};
constexpr std::array kCancelReasons{"NONE",
                                    "USER",
                                    "ADMIN",
                                    "REPLACED",
                                    "NO_LIQUIDITY",
                                    "IOC_REMAINDER",
                                    "FOK_NOT_FILLABLE",
                                    "SELF_TRADE",
                                    "PRICE_BAND",
                                    "INSUFFICIENT_FUNDS",
                                    "POSITION_LIMIT",
                                    "ACCOUNT_SUSPENDED"};
constexpr std::array kStatuses{"UNSPECIFIED", "NEW",      "PENDING_TRIGGER", "PARTIALLY_FILLED",
                               "FILLED",      "CANCELED", "EXPIRED",         "REJECTED"};

class EventText {
 public:
  EventText(const Names& names, const Engine& engine) : names_(names), engine_(engine) {}

  std::string text() const { return out_.str(); }

  void operator()(const OrderAccepted& e) { out_ << "accepted " << order(e.order_id); }
  void operator()(const OrderRejected& e) { out_ << "rejected " << text_of(e.code); }
  void operator()(const Traded& e) {
    out_ << "traded " << e.quantity << " at " << e.price << ": " << order(e.taker_order_id)
         << (e.taker_side == Side::kBuy ? " buys from " : " sells to ") << order(e.maker_order_id);
    if (e.maker_fee != 0 || e.taker_fee != 0)
      out_ << ", fees " << e.maker_fee << " " << e.taker_fee;
  }
  void operator()(const OrderReplaced& e) {
    out_ << "replaced " << order(e.order_id) << ": " << e.quantity;
    if (e.price != 0) out_ << " at " << e.price;
    if (e.stop_price != 0) out_ << " stop " << e.stop_price;
    if (e.trail_amount != 0) out_ << " trail " << e.trail_amount;
    out_ << (e.kept_priority ? ", priority kept" : ", priority lost");
  }
  void operator()(const ReplaceRejected& e) {
    out_ << "replace rejected " << order(e.order_id) << " " << text_of(e.code);
  }
  void operator()(const CancelRejected& e) {
    out_ << "cancel rejected " << order(e.order_id) << " " << text_of(e.code);
  }
  void operator()(const OrderTriggered& e) {
    out_ << "triggered " << order(e.order_id) << " at " << e.stop_price;
  }
  void operator()(const OrderCanceled& e) {
    out_ << "canceled " << e.canceled_quantity << " of " << order(e.order_id) << " "
         << text_of(e.reason);
    if (e.remaining != 0) out_ << ", " << e.remaining << " left";
  }
  void operator()(const OrderExpired& e) {
    out_ << "expired " << e.canceled_quantity << " of " << order(e.order_id);
  }
  void operator()(const AccountOpened& e) {
    out_ << "opened " << account(e.account_id);
    if (e.short_limit != 0) out_ << " short " << e.short_limit;
  }
  void operator()(const CashAdjusted& e) {
    out_ << "cash of " << account(e.account_id) << " " << e.amount << " " << e.currency.view()
         << " for " << e.reference.view();
  }
  void operator()(const PositionAdjusted& e) {
    out_ << "position of " << account(e.account_id) << " " << e.quantity << " "
         << symbol(e.instrument) << " for " << e.reference.view();
  }
  void operator()(const LimitsSet& e) {
    out_ << "limits of " << account(e.account_id) << " " << e.currency.view() << " credit "
         << e.credit_limit << " short " << e.short_limit;
  }
  void operator()(const AccountSuspended& e) { out_ << "suspended " << account(e.account_id); }
  void operator()(const AccountResumed& e) { out_ << "resumed " << account(e.account_id); }
  void operator()(const InstrumentDefined& e) { out_ << "defined " << symbol(e.instrument); }
  void operator()(const InstrumentStatusChanged& e) {
    out_ << (e.status == InstrumentStatus::kOpen ? "opened " : "halted ") << symbol(e.instrument);
  }
  void operator()(const SessionClosed&) { out_ << "session closed"; }

 private:
  std::string order(OrderId id) const { return names_.order_name(id); }
  std::string account(AccountId id) const { return names_.account_name(id); }
  std::string symbol(InstrumentIndex index) const {
    return std::string(engine_.instrument(index).terms.symbol.view());
  }

  const Names& names_;
  const Engine& engine_;
  std::ostringstream out_;
};

}  // namespace

std::string text_of(RejectCode code) {
  return kRejectCodes.at(static_cast<std::size_t>(code));
}

std::string text_of(CancelReason reason) {
  return kCancelReasons.at(static_cast<std::size_t>(reason));
}

std::string text_of(OrderStatus status) {
  return kStatuses.at(static_cast<std::size_t>(status));
}

std::string text_of(const Event& event, const Names& names, const Engine& engine) {
  EventText text(names, engine);
  std::visit(text, event);
  return text.text();
}

std::string text_of(const OrderState& order) {
  std::ostringstream out;
  out << text_of(order.status);
  if (order.cancel_reason != CancelReason::kNone) out << " " << text_of(order.cancel_reason);
  out << " filled " << order.filled_quantity << " of " << order.terms.quantity;
  if (order.terms.price != 0) out << " at " << order.terms.price;
  if (order.terms.stop_price != 0) out << " stop " << order.terms.stop_price;
  if (order.terms.trail_amount != 0) out << " trail " << order.terms.trail_amount;
  if (order.filled_notional != 0) out << ", paid " << order.filled_notional;
  if (order.fees != 0) out << ", fees " << order.fees;
  return out.str();
}

}  // namespace outcry::test
