#include "command_message.h"

#include <string>
#include <variant>

namespace outcry::bench {

namespace pb = engine::v1;

void encode(const Command& command, pb::Command& message) {
  if (const auto* place = std::get_if<PlaceOrder>(&command)) {
    pb::PlaceOrder& order = *message.mutable_place_order();
    order.set_account_id(place->account_id);
    order.set_symbol(place->symbol.view().data(), place->symbol.view().size());
    order.set_side(static_cast<pb::Side>(place->side));
    order.set_type(static_cast<pb::OrderType>(place->type));
    order.set_time_in_force(static_cast<pb::TimeInForce>(place->time_in_force));
    order.set_quantity(place->quantity);
    order.set_price(place->price);
  } else if (const auto* cancel = std::get_if<CancelOrder>(&command)) {
    message.mutable_cancel_order()->set_account_id(cancel->account_id);
    message.mutable_cancel_order()->set_order_id(cancel->order_id);
  } else if (const auto* replace = std::get_if<ReplaceOrder>(&command)) {
    message.mutable_replace_order()->set_account_id(replace->account_id);
    message.mutable_replace_order()->set_order_id(replace->order_id);
    message.mutable_replace_order()->set_price(replace->price);
  } else if (const auto* all = std::get_if<CancelAll>(&command)) {
    message.mutable_cancel_all()->set_account_id(all->account_id);
  } else if (const auto* define = std::get_if<DefineInstrument>(&command)) {
    pb::Instrument& instrument = *message.mutable_define_instrument()->mutable_instrument();
    instrument.set_symbol(std::string(define->terms.symbol.view()));
    instrument.set_currency(std::string(define->terms.currency.view()));
    instrument.set_price_scale(define->terms.price_scale);
    instrument.set_cash_scale(define->terms.cash_scale);
    instrument.set_tick(define->terms.tick);
    instrument.set_lot(define->terms.lot);
    instrument.set_max_quantity(define->terms.max_quantity);
    instrument.set_status(pb::OPEN);
  } else if (const auto* open = std::get_if<OpenAccount>(&command)) {
    pb::OpenAccount& account = *message.mutable_open_account();
    account.set_account_id(open->account_id);
    account.set_currency(std::string(open->currency.view()));
    account.set_cash(open->cash);
    account.set_short_limit(open->short_limit);
  }
}

}  // namespace outcry::bench
