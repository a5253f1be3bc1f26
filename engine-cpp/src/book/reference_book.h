// A slow, obvious order book for tests: one list of orders a side, kept in priority order.
#pragma once

#include <algorithm>
#include <iterator>
#include <list>
#include <tuple>
#include <vector>

#include "book/book.h"

namespace outcry {

struct ReferenceOrder {
  OrderId id = 0;
  Side side = Side::kBuy;
  Price price = 0;
  Quantity remaining = 0;
  Quantity shown = 0;
  Quantity slice = 0;  // 0: shows all
  AccountSlot account = 0;
};

class ReferenceBook {
 public:
  using Orders = std::list<ReferenceOrder>;
  using LevelView = std::tuple<Price, Quantity, std::uint32_t>;

  const Orders& orders(Side side) const { return side == Side::kBuy ? bids_ : asks_; }

  ReferenceOrder* first_against(Side taker, Price limit) {
    Orders& makers = of(opposite(taker));
    if (makers.empty() || !reaches(taker, limit, makers.front().price)) return nullptr;
    return &makers.front();
  }

  void rest(ReferenceOrder order) {
    order.shown = order.slice == 0 ? order.remaining : std::min(order.slice, order.remaining);
    Orders& side = of(order.side);
    const auto behind = std::find_if(side.begin(), side.end(), [&](const ReferenceOrder& other) {
      return order.side == Side::kBuy ? other.price < order.price : other.price > order.price;
    });
    side.insert(behind, order);
  }

  void fill(OrderId id, Quantity quantity) {
    ReferenceOrder order = *find(id);
    if (quantity < order.shown) {
      find(id)->remaining -= quantity;
      find(id)->shown -= quantity;
      return;
    }
    remove(id);
    order.remaining -= quantity;
    if (order.remaining > 0) rest(order);
  }

  void reduce(OrderId id, Quantity quantity) {
    ReferenceOrder& order = *find(id);
    order.remaining -= quantity;
    order.shown = std::min(order.shown, order.remaining);
  }

  void remove(OrderId id) {
    const auto same = [&](const ReferenceOrder& order) { return order.id == id; };
    bids_.remove_if(same);
    asks_.remove_if(same);
  }

  bool can_fill(Side taker, Price limit, Quantity quantity, AccountSlot account,
                Book::OwnOrders own_orders) const {
    for (const ReferenceOrder& maker : orders(opposite(taker))) {
      if (!reaches(taker, limit, maker.price)) break;
      if (maker.account == account && own_orders == Book::OwnOrders::kStopAt) break;
      if (maker.account == account) continue;
      quantity -= std::min(quantity, maker.remaining);
    }
    return quantity == 0;
  }

  std::vector<LevelView> levels(Side side) const {
    std::vector<LevelView> views;
    for (const ReferenceOrder& order : orders(side)) {
      if (views.empty() || std::get<0>(views.back()) != order.price)
        views.emplace_back(order.price, 0, 0);
      std::get<1>(views.back()) += order.shown;
      std::get<2>(views.back()) += 1;
    }
    return views;
  }

 private:
  static bool reaches(Side taker, Price limit, Price price) {
    return taker == Side::kBuy ? price <= limit : price >= limit;
  }

  Orders& of(Side side) { return side == Side::kBuy ? bids_ : asks_; }

  ReferenceOrder* find(OrderId id) {
    for (Orders* side : {&bids_, &asks_}) {
      for (ReferenceOrder& order : *side) {
        if (order.id == id) return &order;
      }
    }
    return nullptr;
  }

  Orders bids_;
  Orders asks_;
};

}  // namespace outcry
