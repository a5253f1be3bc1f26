#include "engine/expiries.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace outcry {
namespace {

TEST(Expiries, EarliestIsFirstThenTheLowestId) {
  OrderStore orders;
  Expiries expiries;
  for (const OrderId id : {1, 2, 3})
    orders.create(id);
  expiries.add(20, 3);
  expiries.add(20, 2);
  expiries.add(30, 1);
  EXPECT_FALSE(expiries.due(19));
  EXPECT_TRUE(expiries.due(20));
  EXPECT_EQ(expiries.first(), 2u);
}

TEST(Expiries, ClosedOrdersAreNeverFirst) {
  std::mt19937_64 random(3);
  OrderStore orders;
  Expiries expiries;
  std::map<std::pair<Timestamp, OrderId>, bool> open;
  OrderId last_id = 0;
  for (int i = 0; i < 20'000; ++i) {
    if (random() % 2 == 0 || open.empty()) {
      const auto at = static_cast<Timestamp>(random() % 1'000);
      orders.create(++last_id);
      expiries.add(at, last_id);
      open[{at, last_id}] = true;
    } else {
      auto it = open.begin();
      std::advance(it, static_cast<long>(random() % std::min<std::size_t>(open.size(), 50)));
      orders.erase(*orders.find(it->first.second));
      open.erase(it);
      expiries.remove_closed(orders);
    }
    if (open.empty()) {
      ASSERT_FALSE(expiries.due(1'000));
    } else {
      ASSERT_EQ(expiries.first(), open.begin()->first.second);
      ASSERT_FALSE(expiries.due(open.begin()->first.first - 1));
    }
  }
}

}  // namespace
}  // namespace outcry
