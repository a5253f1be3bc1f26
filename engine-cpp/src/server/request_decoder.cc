#include "server/request_decoder.h"

#include <array>
#include <limits>
#include <string_view>

#include "journal/fields.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

constexpr std::uint32_t kMostScale = 18;

using Alphabet = std::array<bool, 256>;

constexpr Alphabet alphabet(std::string_view letters) {
  Alphabet allowed{};
  for (const char letter : letters)
    allowed[static_cast<unsigned char>(letter)] = true;
  return allowed;
}

constexpr Alphabet kUpper = alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
constexpr Alphabet kSymbol = alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
constexpr Alphabet kIdentifier =
    alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

enum class Presence { kRequired, kOptional };

// Reads one message's fields and keeps the first that is wrong.
class Form {
 public:
  explicit Form(RejectCode code) : code_(code) {}

  void symbol(const std::string& text, Symbol& into, Presence presence = Presence::kRequired) {
    take(text, "symbol", kSymbol, "A-Z 0-9 . _ -", presence, RejectCode::kUnknownSymbol, into);
  }
  void currency(const std::string& text, Currency& into) {
    take(text, "currency", kUpper, "A-Z 0-9", Presence::kRequired, code_, into);
  }
  void client_order_id(const std::string& text, ClientOrderId& into) {
    take(text, "client_order_id", kIdentifier, "A-Z a-z 0-9 _ -", Presence::kOptional, code_, into);
  }
  void reference(const std::string& text, Reference& into) {
    take(text, "reference", kIdentifier, "A-Z a-z 0-9 _ -", Presence::kRequired, code_, into);
  }

  template <RangedEnum E>
  void enumeration(int number, const char* field, E& into) {
    if (number < static_cast<int>(EnumRange<E>::kFirst) ||
        number > static_cast<int>(EnumRange<E>::kLast)) {
      return wrong(code_,
                   std::string(field) + ": " + std::to_string(number) + " is none of its values");
    }
    into = static_cast<E>(number);
  }

  void scale(std::uint32_t number, const char* field, std::uint8_t& into) {
    if (number > kMostScale) {
      return wrong(code_, std::string(field) + ": must be 0 to " + std::to_string(kMostScale));
    }
    into = static_cast<std::uint8_t>(number);
  }

  void wrong(RejectCode code, std::string message) {
    if (!unfit_.has_value()) unfit_ = Unfit{code, std::move(message)};
  }

  std::optional<Unfit> result() { return std::move(unfit_); }

 private:
  template <std::size_t N>
  void take(const std::string& text, const char* field, const Alphabet& allowed,
            const char* letters, Presence presence, RejectCode code, FixedText<N>& into) {
    bool right = text.size() <= N && (presence == Presence::kOptional || !text.empty());
    for (const char letter : text)
      right = right && allowed[static_cast<unsigned char>(letter)];
    if (right) {
      into = FixedText<N>(text);
    } else {
      wrong(code, std::string(field) + ": must be 1 to " + std::to_string(N) + " of " + letters);
    }
  }

  RejectCode code_;
  std::optional<Unfit> unfit_;
};

PlaceOrder decode(const pb::PlaceOrder& message, Form& form) {
  PlaceOrder order;
  order.account_id = message.account_id();
  form.symbol(message.symbol(), order.symbol);
  form.enumeration(message.side(), "side", order.side);
  form.enumeration(message.type(), "type", order.type);
  form.enumeration(message.time_in_force(), "time_in_force", order.time_in_force);
  form.enumeration(message.self_trade_prevention(), "self_trade_prevention",
                   order.self_trade_prevention);
  form.client_order_id(message.client_order_id(), order.client_order_id);
  order.post_only = message.post_only();
  order.quantity = message.quantity();
  order.price = message.price();
  order.stop_price = message.stop_price();
  order.trail_amount = message.trail_amount();
  order.display_quantity = message.display_quantity();
  order.expires_at = message.expires_at();
  return order;
}

CancelOrder decode(const pb::CancelOrder& message, Form&) {
  return {message.account_id(), message.order_id(), message.by_admin()};
}

ReplaceOrder decode(const pb::ReplaceOrder& message, Form&) {
  return {message.account_id(), message.order_id(),   message.price(),
          message.quantity(),   message.stop_price(), message.trail_amount()};
}

CancelAll decode(const pb::CancelAll& message, Form& form) {
  CancelAll command{message.account_id(), {}, message.by_admin()};
  form.symbol(message.symbol(), command.symbol, Presence::kOptional);
  return command;
}

OpenAccount decode(const pb::OpenAccount& message, Form& form) {
  OpenAccount command{
      message.account_id(), {}, message.cash(), message.credit_limit(), message.short_limit()};
  form.currency(message.currency(), command.currency);
  return command;
}

AdjustCash decode(const pb::AdjustCash& message, Form& form) {
  AdjustCash command{message.account_id(), {}, message.amount(), {}};
  form.currency(message.currency(), command.currency);
  form.reference(message.reference(), command.reference);
  return command;
}

AdjustPosition decode(const pb::AdjustPosition& message, Form& form) {
  AdjustPosition command{message.account_id(), {}, message.quantity(), {}};
  form.symbol(message.symbol(), command.symbol);
  form.reference(message.reference(), command.reference);
  return command;
}

SetLimits decode(const pb::SetLimits& message, Form& form) {
  SetLimits command{message.account_id(), {}, message.credit_limit(), message.short_limit()};
  form.currency(message.currency(), command.currency);
  return command;
}

SuspendAccount decode(const pb::SuspendAccount& message, Form&) {
  return {message.account_id()};
}

ResumeAccount decode(const pb::ResumeAccount& message, Form&) {
  return {message.account_id()};
}

DefineInstrument decode(const pb::DefineInstrument& message, Form& form) {
  const pb::Instrument& instrument = message.instrument();
  DefineInstrument command{{}, message.only_if_absent()};
  InstrumentTerms& terms = command.terms;
  form.symbol(instrument.symbol(), terms.symbol);
  form.currency(instrument.currency(), terms.currency);
  form.scale(instrument.price_scale(), "price_scale", terms.price_scale);
  form.scale(instrument.quantity_scale(), "quantity_scale", terms.quantity_scale);
  form.scale(instrument.cash_scale(), "cash_scale", terms.cash_scale);
  form.enumeration(instrument.status(), "status", terms.status);
  terms.tick = instrument.tick();
  terms.lot = instrument.lot();
  terms.max_quantity = instrument.max_quantity();
  terms.max_notional = instrument.max_notional();
  terms.reference_price = instrument.reference_price();
  terms.band_ppm = instrument.band_ppm();
  terms.maker_fee_ppm = instrument.maker_fee_ppm();
  terms.taker_fee_ppm = instrument.taker_fee_ppm();
  return command;
}

SetInstrumentStatus decode(const pb::SetInstrumentStatus& message, Form& form) {
  SetInstrumentStatus command;
  form.symbol(message.symbol(), command.symbol);
  form.enumeration(message.status(), "status", command.status);
  return command;
}

GetOrder decode(const pb::GetOrder& message, Form& form) {
  GetOrder query{message.account_id(), message.order_id(), {}};
  form.client_order_id(message.client_order_id(), query.client_order_id);
  if (query.order_id == 0 && query.client_order_id.empty()) {
    form.wrong(RejectCode::kInvalidCommand, "order_id: either it or client_order_id is needed");
  }
  return query;
}

}  // namespace

std::optional<Unfit> decode_request(const pb::Command& message, Request& request) {
  request.request_id = message.request_id();
  Form order_form(RejectCode::kInvalidOrder);
  Form form(RejectCode::kInvalidCommand);
  switch (message.body_case()) {
    case pb::Command::kPlaceOrder:
      request.body = Command(decode(message.place_order(), order_form));
      return order_form.result();
    case pb::Command::kCancelOrder:
      request.body = Command(decode(message.cancel_order(), form));
      break;
    case pb::Command::kReplaceOrder:
      request.body = Command(decode(message.replace_order(), form));
      break;
    case pb::Command::kCancelAll:
      request.body = Command(decode(message.cancel_all(), form));
      break;
    case pb::Command::kOpenAccount:
      request.body = Command(decode(message.open_account(), form));
      break;
    case pb::Command::kAdjustCash:
      request.body = Command(decode(message.adjust_cash(), form));
      break;
    case pb::Command::kAdjustPosition:
      request.body = Command(decode(message.adjust_position(), form));
      break;
    case pb::Command::kSetLimits:
      request.body = Command(decode(message.set_limits(), form));
      break;
    case pb::Command::kSuspendAccount:
      request.body = Command(decode(message.suspend_account(), form));
      break;
    case pb::Command::kResumeAccount:
      request.body = Command(decode(message.resume_account(), form));
      break;
    case pb::Command::kDefineInstrument:
      request.body = Command(decode(message.define_instrument(), form));
      break;
    case pb::Command::kSetInstrumentStatus:
      request.body = Command(decode(message.set_instrument_status(), form));
      break;
    case pb::Command::kCloseSession:
      request.body = Command(CloseSession{});
      break;
    case pb::Command::kGetAccount:
      request.body = Query(GetAccount{message.get_account().account_id()});
      break;
    case pb::Command::kGetOrder:
      request.body = Query(decode(message.get_order(), form));
      break;
    case pb::Command::kListInstruments:
      request.body = Query(ListInstruments{});
      break;
    case pb::Command::kCheckOrder:
      request.body = Query(CheckOrder{decode(message.check_order(), order_form)});
      return order_form.result();
    case pb::Command::BODY_NOT_SET:
      form.wrong(RejectCode::kInvalidCommand, "body: none, or one that this release does not know");
      break;
  }
  return form.result();
}

}  // namespace outcry
