// The book as the flow drives it: every order of its own account, self-trades allowed, no funds.
#pragma once

#include <algorithm>
#include <array>

#include "book/book.h"
#include "book/order_store.h"
#include "flow.h"

namespace outcry::bench {

class FlowMatcher {
 public:
  void execute(const FlowCommand& command) {
    switch (command.kind) {
      case FlowCommand::Kind::kNew:
        place(command);
        break;
      case FlowCommand::Kind::kCancel:
        cancel(command);
        break;
      case FlowCommand::Kind::kMove:
        move(command);
        break;
    }
  }

  FlowOutcome outcome() const {
    FlowOutcome result{.trades = trades_, .traded = traded_};
    book_.for_each_order(Side::kBuy, [&](const Order& order) {
      ++result.bids;
      result.bid_quantity += order.remaining;
    });
    book_.for_each_order(Side::kSell, [&](const Order& order) {
      ++result.asks;
      result.ask_quantity += order.remaining;
    });
    result.best_bid = book_.best_price(Side::kBuy);
    result.best_ask = book_.best_price(Side::kSell);
    return result;
  }

 private:
  struct Trade {
    OrderId maker;
    OrderId taker;
    Price price;
    Quantity quantity;
  };

  void place(const FlowCommand& command) {
    const Quantity remaining = match(command.id, command.side, command.price, command.quantity);
    if (remaining == 0 || command.time_in_force == TimeInForce::kIoc) return;
    Order& order = store_.create(command.id);
    order.account = command.account;
    order.side = command.side;
    order.price = command.price;
    order.remaining = remaining;
    order.data.quantity = command.quantity;
    book_.rest(order);
  }

  void cancel(const FlowCommand& command) {
    Order* order = store_.find(command.id);
    book_.remove(*order);
    store_.erase(*order);
  }

  void move(const FlowCommand& command) {
    Order* order = store_.find(command.id);
    book_.remove(*order);
    order->price = command.price;
    order->remaining = match(order->id, order->side, order->price, order->remaining);
    if (order->remaining > 0) {
      book_.rest(*order);
    } else {
      store_.erase(*order);
    }
  }

  Quantity match(OrderId taker, Side side, Price limit, Quantity remaining) {
    while (remaining > 0) {
      Order* maker = book_.first_against(side, limit);
      if (maker == nullptr) break;
      const Quantity quantity = std::min(remaining, maker->displayed());
      report(Trade{maker->id, taker, maker->price, quantity});
      remaining -= quantity;
      if (book_.fill(*maker, quantity) == Book::Filled::kAll) store_.erase(*maker);
    }
    return remaining;
  }

  void report(const Trade& trade) {
    reports_[trades_ % reports_.size()] = trade;
    ++trades_;
    traded_ += trade.quantity;
  }

  OrderStore store_;
  Book book_{1};
  std::uint64_t trades_ = 0;
  Quantity traded_ = 0;
  std::array<Trade, 1'024> reports_;
};

}  // namespace outcry::bench
