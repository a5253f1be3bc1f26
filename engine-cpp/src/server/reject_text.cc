#include "server/reject_text.h"

namespace outcry {

std::string_view reject_text(RejectCode code) {
  switch (code) {
    case RejectCode::kNone:
      break;
    case RejectCode::kUnknownSymbol:
      return "symbol: no instrument has it";
    case RejectCode::kMarketHalted:
      return "symbol: the instrument is halted";
    case RejectCode::kUnknownAccount:
      return "account_id: no such account";
    case RejectCode::kAccountSuspended:
      return "account_id: the account is suspended";
    case RejectCode::kDuplicateClientOrderId:
      return "client_order_id: used before, with other terms";
    case RejectCode::kInvalidQuantity:
      return "quantity: must be positive, a multiple of the instrument's lot, and no more than its "
             "maximum";
    case RejectCode::kInvalidPrice:
      return "price: must be positive and a multiple of the instrument's tick";
    case RejectCode::kInvalidStopPrice:
      return "stop_price, trail_amount: must be positive and a multiple of the instrument's tick, "
             "for stop orders alone";
    case RejectCode::kInvalidOrder:
      return "type, time_in_force, post_only, display_quantity, expires_at: these terms do not go "
             "together, or display_quantity makes more than 10,000 slices of the quantity";
    case RejectCode::kPriceOutOfBand:
      return "price: outside the instrument's price band";
    case RejectCode::kNotionalLimit:
      return "quantity, price: the order's notional is above the instrument's maximum";
    case RejectCode::kInsufficientFunds:
      return "account_id: the account's available cash does not cover it";
    case RejectCode::kPositionLimit:
      return "account_id: the account's position does not cover it";
    case RejectCode::kPostOnlyWouldTake:
      return "post_only: the order would trade at once";
    case RejectCode::kOverflow:
      return "quantity, price, amount: what comes of it is too large to be represented";
    case RejectCode::kUnknownOrder:
      return "order_id: the account has no such order open, and none that is still remembered";
    case RejectCode::kInvalidCommand:
      return "the command's terms cannot be";
    case RejectCode::kResourceExhausted:
      return "too much is waiting; not executed";
    case RejectCode::kUnavailable:
      return "the engine is stopping; not executed";
  }
  return "rejected";
}

}  // namespace outcry
