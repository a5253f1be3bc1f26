#include "engine/refusal.h"

#include "engine/checks.h"
#include "engine/replacement.h"

namespace outcry {
namespace {

RejectCode if_invalid(RejectCode code) {
  return code == RejectCode::kInvalidOrder ? code : RejectCode::kNone;
}

}  // namespace

RejectCode refusal_of(const State& state, const PlaceOrder& command, Timestamp now) {
  if (!makes_too_many_slices(command)) return RejectCode::kNone;
  return if_invalid(check_place(state, command, now, Slices::kLimited).code);
}

RejectCode refusal_of(const State& state, const ReplaceOrder& command) {
  const Order* order = state.orders.find(command.order_id);
  if (order == nullptr || state.accounts[order->account].id != command.account_id)
    return RejectCode::kNone;
  if (order->display_quantity == 0) return RejectCode::kNone;
  const Replacement replacement = plan_replacement(state, *order, command, Slices::kLimited);
  if (!makes_too_many_slices(replacement.terms)) return RejectCode::kNone;
  return if_invalid(replacement.code);
}

}  // namespace outcry
