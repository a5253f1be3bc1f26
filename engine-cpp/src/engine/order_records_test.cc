#include "engine/order_records.h"

#include <gtest/gtest.h>

#include <string>

namespace outcry {
namespace {

constexpr Timestamp kWindow = 1'000;
constexpr AccountSlot kAlice = 1;
constexpr InstrumentIndex kAcme = 0;

PlaceOrder order_named(const std::string& client_order_id) {
  PlaceOrder order;
  order.quantity = 5;
  order.price = 100;
  order.client_order_id = ClientOrderId(client_order_id);
  return order;
}

class OrderRecordsTest : public testing::Test {
 protected:
  Handle create(const std::string& client_order_id, Timestamp now) {
    return records_.create(kAlice, kAcme, order_named(client_order_id), ++last_id_, now);
  }
  void close(Handle handle) {
    records_[handle].status = OrderStatus::kFilled;
    records_.close(handle);
  }
  void expire_all(Timestamp now) {
    for (std::size_t before = records_.size() + 1; before != records_.size();) {
      before = records_.size();
      records_.expire(now);
    }
  }

  OrderRecords records_{kWindow, 0, 0};
  OrderId last_id_ = 0;
};

TEST_F(OrderRecordsTest, ClosedOrderIsRememberedForTheWindow) {
  const Handle handle = create("a", 10);
  close(handle);
  EXPECT_TRUE(records_.in_window(records_[handle], 10 + kWindow - 1));
  EXPECT_FALSE(records_.in_window(records_[handle], 10 + kWindow));
  records_.expire(10 + kWindow - 1);
  EXPECT_EQ(records_.find(kAlice, ClientOrderId("a")), handle);
  records_.expire(10 + kWindow);
  EXPECT_EQ(records_.find(kAlice, ClientOrderId("a")), kNoHandle);
  EXPECT_EQ(records_.size(), 0u);
}

TEST_F(OrderRecordsTest, OpenOrderOutlivesItsWindow) {
  const Handle handle = create("a", 10);
  expire_all(10 + kWindow);
  EXPECT_EQ(records_.find(kAlice, ClientOrderId("a")), handle);
  close(handle);
  EXPECT_EQ(records_.find(kAlice, ClientOrderId("a")), kNoHandle);
  EXPECT_EQ(records_.size(), 0u);
}

TEST_F(OrderRecordsTest, LaterOrderOfTheSameIdIsTheOneThatIsFound) {
  const Handle first = create("a", 10);
  const Handle second = create("a", 10 + kWindow);
  EXPECT_EQ(records_.find(kAlice, ClientOrderId("a")), second);
  close(first);
  expire_all(10 + kWindow);
  EXPECT_EQ(records_.find(kAlice, ClientOrderId("a")), second);
  EXPECT_EQ(records_.size(), 1u);
}

TEST_F(OrderRecordsTest, ClosedOrdersAreFoundByTheirOrderIds) {
  for (int i = 0; i < 1'000; ++i)
    close(create("id" + std::to_string(i), i));
  expire_all(kWindow + 99);
  EXPECT_EQ(records_.size(), 900u);
  EXPECT_EQ(records_.find_closed(100), kNoHandle);
  for (OrderId id = 101; id <= 1'000; ++id)
    ASSERT_EQ(records_[records_.find_closed(id)].order_id, id);
  EXPECT_EQ(records_.find_closed(1'001), kNoHandle);
}

TEST_F(OrderRecordsTest, NoCommandWaitsForManyToBeForgotten) {
  for (int i = 0; i < 1'000; ++i)
    close(create("id" + std::to_string(i), i));
  records_.expire(10 * kWindow);
  EXPECT_GT(records_.size(), 990u);
}

TEST_F(OrderRecordsTest, RecordsWithoutAClientOrderIdEndWithTheirOrders) {
  PlaceOrder stop;
  stop.stop_price = 90;
  const Handle handle = records_.create(kAlice, kAcme, stop, 1, 10);
  EXPECT_EQ(records_.special(records_[handle])->stop_price, 90);
  close(handle);
  EXPECT_EQ(records_.size(), 0u);
}

TEST_F(OrderRecordsTest, TermsAsFirstSentSurviveTheirChange) {
  const Handle handle = create("a", 10);
  records_.keep_sent_terms(handle);
  records_[handle].price = 90;
  records_[handle].quantity = 3;
  EXPECT_TRUE(records_.same_terms(records_[handle], kAcme, order_named("a")));
  PlaceOrder other = order_named("a");
  other.price = 90;
  EXPECT_FALSE(records_.same_terms(records_[handle], kAcme, other));
}

TEST_F(OrderRecordsTest, RememberedOrderTakesWellUnderTwoHundredBytes) {
  constexpr int kMany = 100'000;
  for (int i = 0; i < kMany; ++i)
    close(create("some-client-order-id-" + std::to_string(i), i));
  EXPECT_LT(records_.bytes() / kMany, 170u);
}

}  // namespace
}  // namespace outcry
