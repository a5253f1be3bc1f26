#include <limits>
#include <vector>

#include "engine/engine.h"
#include "engine/holds.h"
#include "engine/order_view.h"
#include "engine/state.h"
#include "outcry/assert.h"

namespace outcry {
namespace {

class Invariants {
 public:
  explicit Invariants(const State& state)
      : state_(state),
        cash_held_(state.accounts.all_cash().size()),
        position_held_(state.accounts.all_positions().size()) {}

  void check() {
    check_books();
    check_orders();
    check_holds();
    check_conservation();
  }

 private:
  void check_books() {
    for (InstrumentIndex i = 0; i < state_.instruments.size(); ++i) {
      const Book& book = state_.instruments[i].book;
      book.check_invariants();
      const Price bid = book.best_price(Side::kBuy);
      const Price ask = book.best_price(Side::kSell);
      const bool crossed = bid != 0 && ask != 0 && bid >= ask;
      OUTCRY_ASSERT(!crossed);
      for (const Side side : {Side::kBuy, Side::kSell})
        book.for_each_order(side, [&](const Order&) { ++resting_; });
    }
  }

  void check_orders() {
    std::size_t open = 0;
    std::size_t resting = 0;
    for (AccountSlot slot = 0; slot < state_.accounts.size(); ++slot) {
      const Account& account = state_.accounts[slot];
      const bool touched_in_time = account.last_sequence <= state_.last_sequence;
      OUTCRY_ASSERT(touched_in_time);
      for (const Order* order : account.open_orders) {
        const bool belongs_to_its_account = order->account == slot;
        OUTCRY_ASSERT(belongs_to_its_account);
        check_order(*order);
        ++open;
        resting += order->rests() ? 1 : 0;
      }
    }
    const bool every_open_order_is_its_accounts = open == state_.orders.size();
    OUTCRY_ASSERT(every_open_order_is_its_accounts);
    const bool books_hold_open_orders_alone = resting == resting_;
    OUTCRY_ASSERT(books_hold_open_orders_alone);
  }

  void check_order(const Order& order) {
    const bool in_store = state_.orders.find(order.id) == &order;
    const bool rests_or_waits = order.rests() != static_cast<bool>(order.data.pending);
    const bool holds_unless_it_waits =
        static_cast<bool>(order.data.holds) != static_cast<bool>(order.data.pending);
    const bool something_remains = order.remaining > 0 && order.remaining <= order.data.quantity;
    OUTCRY_ASSERT(in_store);
    OUTCRY_ASSERT(rests_or_waits);
    OUTCRY_ASSERT(holds_unless_it_waits);
    OUTCRY_ASSERT(something_remains);
    if (order.data.record != kNoHandle) {
      const OrderRecord& record = state_.records[order.data.record];
      const bool record_is_the_orders = record.open && record.order_id == order.id;
      OUTCRY_ASSERT(record_is_the_orders);
    }
    if (!order.data.holds) return;
    const Position& position = state_.accounts.position(order);
    if (order.side == Side::kSell) {
      position_held_[order.data.position] += order.remaining;
    } else {
      cash_held_[position.cash] +=
          cash_hold(state_.instrument(order), order.price, order.remaining).value();
    }
  }

  void check_holds() const {
    for (CashIndex i = 0; i < cash_held_.size(); ++i) {
      const bool held_cash_is_what_open_orders_need = state_.accounts.cash(i).held == cash_held_[i];
      OUTCRY_ASSERT(held_cash_is_what_open_orders_need);
    }
    for (PositionIndex i = 0; i < position_held_.size(); ++i) {
      const bool held_position_is_what_open_sells_need =
          state_.accounts.position(i).held == position_held_[i];
      OUTCRY_ASSERT(held_position_is_what_open_sells_need);
    }
  }

  void check_conservation() const {
    std::vector<Wide> cash(state_.instruments.currency_count());
    for (const CashBalance& balance : state_.accounts.all_cash())
      cash[balance.currency] += balance.cash;
    for (CurrencyIndex i = 0; i < cash.size(); ++i) {
      const bool cash_is_conserved = cash[i] == state_.instruments.currency(i).deposited;
      OUTCRY_ASSERT(cash_is_conserved);
    }
    std::vector<Wide> positions(state_.instruments.size());
    for (const Position& position : state_.accounts.all_positions())
      positions[position.instrument] += position.quantity;
    for (InstrumentIndex i = 0; i < positions.size(); ++i) {
      const bool positions_are_conserved = positions[i] == state_.instruments[i].deposited;
      OUTCRY_ASSERT(positions_are_conserved);
    }
  }

  const State& state_;
  std::size_t resting_ = 0;
  std::vector<Wide> cash_held_;
  std::vector<Wide> position_held_;
};

}  // namespace

void Engine::check_invariants() const {
  Invariants(*state_).check();
}

}  // namespace outcry
