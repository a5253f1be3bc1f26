// In the steady state no command allocates: every call for memory is counted.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "counting_allocator.h"
#include "engine/engine.h"

namespace outcry {
namespace {

constexpr AccountId kAccounts = 20;
constexpr int kCommands = 30'000;
constexpr int kRunsToGrow = 8;

// Places, replaces and cancels of every type, the same whatever was done before.
class Workload {
 public:
  explicit Workload(Engine& engine) : engine_(engine) {
    events_.reserve(4'096);
    DefineInstrument define;
    define.terms.symbol = Symbol("ACME");
    define.terms.currency = Currency("USD");
    define.terms.max_quantity = 1'000;
    execute(define);
    for (AccountId id = 1; id <= kAccounts; ++id) {
      execute(OpenAccount{id, Currency("USD"), 1'000'000'000, 0, 0});
      execute(AdjustPosition{id, Symbol("ACME"), 1'000'000, Reference("shares")});
    }
  }

  void run() {
    std::mt19937_64 random(5);
    for (int i = 0; i < kCommands; ++i) {
      // Time passes, so that client order ids are forgotten as fast as new ones come.
      now_ += 100;
      if (engine_.due(now_)) execute(Tick{});
      const std::uint64_t dice = random() % 10;
      if (dice < 6) {
        execute(place(random));
      } else if (dice < 8) {
        const OrderId order_id = newest_ - random() % 200;
        execute(ReplaceOrder{owner(order_id), order_id, price(random), 10, 0, 0});
      } else {
        const OrderId order_id = newest_ - random() % 200;
        execute(CancelOrder{owner(order_id), order_id, false});
      }
    }
    for (AccountId id = 1; id <= kAccounts; ++id)
      execute(CancelAll{id, {}, false});
  }

 private:
  // The account that an order is given by is a function of its id.
  static AccountId owner(OrderId order_id) { return 1 + order_id % kAccounts; }
  static Price price(std::mt19937_64& random) {
    return 1'000 + static_cast<Price>(random() % 41) - 20;
  }

  PlaceOrder place(std::mt19937_64& random) {
    PlaceOrder order;
    order.account_id = owner(newest_ + 1);
    order.symbol = Symbol("ACME");
    order.side = random() % 2 == 0 ? Side::kBuy : Side::kSell;
    order.type = static_cast<OrderType>(1 + random() % 8 % 5);
    order.quantity = 20;
    order.self_trade_prevention = static_cast<SelfTradePrevention>(random() % 4);
    if (order.type == OrderType::kLimit || order.type == OrderType::kStopLimit) {
      order.price = price(random);
      if (random() % 4 == 0) order.display_quantity = 5;
    }
    if (order.type == OrderType::kStop || order.type == OrderType::kStopLimit)
      order.stop_price = price(random);
    if (order.type == OrderType::kTrailingStop) order.trail_amount = 5;
    if (random() % 8 == 0) order.time_in_force = TimeInForce::kFok;
    if (random() % 8 == 0 && order.type != OrderType::kMarket) {
      order.time_in_force = TimeInForce::kGtd;
      order.expires_at = now_ + 10'000;
    }
    if (random() % 2 == 0) {
      id_[0] = 'c';
      const std::uint64_t number = ++ids_;
      for (std::size_t i = 1; i < id_.size(); ++i)
        id_[i] = static_cast<char>('a' + (number >> (4 * (i - 1)) & 15));
      order.client_order_id = ClientOrderId(std::string_view(id_.data(), id_.size()));
    }
    return order;
  }

  void execute(const Command& command) {
    events_.clear();
    engine_.execute(command, ++now_, events_);
    for (const Event& event : events_) {
      if (const auto* accepted = std::get_if<OrderAccepted>(&event)) newest_ = accepted->order_id;
    }
  }

  Engine& engine_;
  std::vector<Event> events_;
  Timestamp now_ = 0;
  OrderId newest_ = 200;
  std::uint64_t ids_ = 0;
  std::array<char, 12> id_{};
};

PlaceOrder one_lot(AccountId account, Side side, TimeInForce time_in_force) {
  PlaceOrder order;
  order.account_id = account;
  order.symbol = Symbol("ACME");
  order.side = side;
  order.quantity = 1;
  order.price = 100;
  order.time_in_force = time_in_force;
  return order;
}

// What a fill-or-kill order looks at is kept in room that grows with it.
TEST(Allocation, ASmallFillOrKillOrderLooksAtNoMoreOfALongQueueThanItTakes) {
  Engine engine(EngineSettings{});
  const Workload venue(engine);
  std::vector<Event> events;
  events.reserve(16);
  Timestamp now = 1'000'000;
  const auto place = [&](AccountId account, Side side, TimeInForce time_in_force) {
    events.clear();
    const Outcome outcome = engine.execute(one_lot(account, side, time_in_force), ++now, events);
    return std::get<OrderResult>(outcome).order.status;
  };
  for (int i = 0; i < 2; ++i) {
    place(1, Side::kSell, TimeInForce::kGtc);
    ASSERT_EQ(place(2, Side::kBuy, TimeInForce::kFok), OrderStatus::kFilled);
  }
  for (int i = 0; i < 10'000; ++i)
    place(1, Side::kSell, TimeInForce::kGtc);
  const std::size_t before = test::allocations();
  EXPECT_EQ(place(2, Side::kBuy, TimeInForce::kFok), OrderStatus::kFilled);
  EXPECT_EQ(test::allocations(), before);
}

TEST(Allocation, NoCommandAllocatesInTheSteadyState) {
  EngineSettings settings;
  settings.client_order_id_window = 100'000;
  settings.expected_open_orders = 100'000;
  settings.expected_client_order_ids = 100'000;
  Engine engine(settings);
  Workload workload(engine);
  // Everything grows to the size that this work needs.
  for (int i = 0; i < kRunsToGrow; ++i)
    workload.run();
  const std::size_t before = test::allocations();
  workload.run();
  EXPECT_EQ(test::allocations(), before);
}

}  // namespace
}  // namespace outcry
