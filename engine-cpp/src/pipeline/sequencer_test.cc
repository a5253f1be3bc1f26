#include "pipeline/sequencer.h"

#include <gtest/gtest.h>

#include <vector>

#include "journal/entry.h"

namespace outcry {
namespace {

// Asks for nothing back.
class Nobody final : public Recipient {
 public:
  void deliver(std::span<const Answer>, std::span<const Fill>) override {}
  void flush(Sequence) override {}
};

OpenAccount account(AccountId id) {
  return {.account_id = id, .currency = Currency("USD"), .cash = 1'000'000};
}

DefineInstrument instrument() {
  DefineInstrument define;
  define.terms.symbol = Symbol("ACME");
  define.terms.currency = Currency("USD");
  define.terms.max_quantity = 1'000;
  return define;
}

PlaceOrder order_until(Timestamp expires_at) {
  return {.account_id = 1,
          .symbol = Symbol("ACME"),
          .time_in_force = TimeInForce::kGtd,
          .quantity = 1,
          .price = 1,
          .expires_at = expires_at,
          .client_order_id = {}};
}

class SequencerTest : public testing::Test {
 protected:
  // At that time of the clock.
  void handle(Timestamp clock, const Command& command) {
    sequencer_.set_clock(clock);
    sequencer_.begin(group_);
    sequencer_.handle({0, command}, nobody_, group_);
  }

  const Reply& last_reply() const { return group_.answers.back().reply; }

  // Of the journal's entries so far.
  std::vector<Timestamp> times() {
    const std::span<const std::byte> frame = group_.frame.seal({});
    std::span<const std::byte> body = frame_body(frame, check_frame(frame).header);
    std::vector<Timestamp> times;
    Entry entry;
    while (const std::size_t length = decode_entry(body, entry)) {
      times.push_back(entry.time);
      body = body.subspan(length);
    }
    EXPECT_TRUE(body.empty());
    return times;
  }

  Engine engine_{EngineSettings{}};
  Sequencer sequencer_{engine_};
  Group group_;
  Nobody nobody_;
};

TEST_F(SequencerTest, TimeGoesOnWhenTheClockGoesBack) {
  handle(1'000, account(1));
  handle(10, account(2));
  handle(10, account(3));
  handle(5'000, account(4));
  EXPECT_EQ(times(), (std::vector<Timestamp>{1'000, 1'001, 1'002, 5'000}));
}

TEST_F(SequencerTest, TimeGoesOnWhereTheEngineWasWhateverTheClockSays) {
  handle(1'000, account(1));
  Sequencer next(engine_);
  next.set_clock(10);
  next.handle({0, Command(account(2))}, nobody_, group_);
  EXPECT_EQ(times(), (std::vector<Timestamp>{1'000, 1'001}));
}

// The expiry of one takes the moment that the other ends at.
TEST_F(SequencerTest, NothingThatIsDueMeetsTheNextCommand) {
  handle(1, instrument());
  handle(2, account(1));
  handle(3, order_until(1'000));
  handle(4, order_until(1'001));
  const OrderId order_id = std::get<OrderResult>(last_reply()).order.order_id;
  handle(1'000, account(2));
  EXPECT_EQ(engine_.last_time(), 1'002);
  EXPECT_EQ(engine_.order(1, order_id), std::nullopt);
}

TEST_F(SequencerTest, WhatHasExpiredStaysSoWhenTheClockGoesBack) {
  handle(1, instrument());
  handle(2, account(1));
  handle(3, order_until(1'000));
  const OrderId order_id = std::get<OrderResult>(last_reply()).order.order_id;
  handle(1'000, account(2));
  EXPECT_EQ(engine_.order(1, order_id), std::nullopt);
  // Its time has come already, by the engine's time.
  handle(500, order_until(900));
  EXPECT_EQ(std::get<Rejection>(last_reply()).code, RejectCode::kInvalidOrder);
  handle(500, order_until(2'000));
  EXPECT_TRUE(std::holds_alternative<OrderResult>(last_reply()));
}

TEST_F(SequencerTest, AnIcebergOfTooManySlicesIsRefusedAndNotJournaled) {
  DefineInstrument define = instrument();
  define.terms.max_quantity = 100'000;
  handle(1, define);
  handle(2, account(1));
  PlaceOrder iceberg = order_until(1'000);
  iceberg.quantity = 10'001;
  iceberg.display_quantity = 1;
  handle(3, iceberg);
  EXPECT_EQ(std::get<Rejection>(last_reply()).code, RejectCode::kInvalidOrder);
  EXPECT_EQ(group_.answers.back().sequence, engine_.last_sequence());
  EXPECT_EQ(times(), (std::vector<Timestamp>{1, 2}));
  Request check;
  check.body = Query(CheckOrder{iceberg});
  sequencer_.handle(check, nobody_, group_);
  EXPECT_EQ(std::get<Rejection>(last_reply()).code, RejectCode::kInvalidOrder);
}

}  // namespace
}  // namespace outcry
