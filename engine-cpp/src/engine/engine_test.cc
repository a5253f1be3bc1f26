#include "engine/engine.h"

#include <gtest/gtest.h>

#include <cstring>

namespace outcry {
namespace {

constexpr AccountId kAlice = 1;
constexpr AccountId kBob = 2;

class Bytes final : public SnapshotWriter, public SnapshotReader {
 public:
  void write(std::span<const std::byte> bytes) override {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  void read(std::span<std::byte> bytes) override {
    if (bytes.size() > bytes_.size() - read_) throw SnapshotError("too short");
    std::memcpy(bytes.data(), bytes_.data() + read_, bytes.size());
    read_ += bytes.size();
  }
  void cut(std::size_t size) { bytes_.resize(size); }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::vector<std::byte> bytes_;
  std::size_t read_ = 0;
};

// A venue with one instrument and two accounts that can pay.
class EngineTest : public testing::Test {
 protected:
  EngineTest() {
    DefineInstrument define;
    define.terms.symbol = Symbol("ACME");
    define.terms.currency = Currency("USD");
    define.terms.max_quantity = 1'000;
    execute(define);
    for (const AccountId id : {kAlice, kBob}) {
      execute(OpenAccount{id, Currency("USD"), 10'000, 0, 0});
      execute(AdjustPosition{id, Symbol("ACME"), 100, Reference("shares")});
    }
  }

  Outcome execute(const Command& command) {
    events_.clear();
    const Outcome outcome = engine_.execute(command, ++now_, events_);
    engine_.check_invariants();
    return outcome;
  }

  OrderState place(AccountId account, Side side, Quantity quantity, Price price,
                   std::string_view client_order_id = "") {
    const Outcome outcome = execute(order(account, side, quantity, price, client_order_id));
    return std::get<OrderResult>(outcome).order;
  }

  static PlaceOrder order(AccountId account, Side side, Quantity quantity, Price price,
                          std::string_view client_order_id = "") {
    PlaceOrder order;
    order.account_id = account;
    order.symbol = Symbol("ACME");
    order.side = side;
    order.quantity = quantity;
    order.price = price;
    order.client_order_id = ClientOrderId(client_order_id);
    return order;
  }

  Engine engine_{EngineSettings{}};
  Timestamp now_ = 1'000;
  std::vector<Event> events_;
};

TEST_F(EngineTest, PlacedOrderTradesAndTellsItsFills) {
  place(kBob, Side::kSell, 5, 101);
  const OrderState bought = place(kAlice, Side::kBuy, 8, 102);
  EXPECT_EQ(bought.status, OrderStatus::kPartiallyFilled);
  EXPECT_EQ(bought.filled_quantity, 5);
  EXPECT_EQ(bought.filled_notional, 505);
  ASSERT_EQ(events_.size(), 2u);
  EXPECT_EQ(std::get<Traded>(events_[1]).price, 101);
  EXPECT_EQ(engine_.account(kAlice)->cash[0].cash, 10'000 - 505);
  EXPECT_EQ(engine_.account(kAlice)->cash[0].held, 3 * 102);
}

TEST_F(EngineTest, SequencesCountEvents) {
  const Sequence before = engine_.last_sequence();
  place(kBob, Side::kSell, 5, 101);
  place(kAlice, Side::kBuy, 5, 101);
  EXPECT_EQ(engine_.last_sequence(), before + 3);
  EXPECT_EQ(engine_.account_sequence(kBob), before + 3);
  EXPECT_EQ(engine_.account_sequence(99), 0u);
}

TEST_F(EngineTest, RepeatedOrderExecutesNothing) {
  place(kBob, Side::kSell, 5, 101);
  const OrderState first = place(kAlice, Side::kBuy, 5, 101, "once");
  const Sequence after = engine_.last_sequence();
  const auto second = std::get<OrderResult>(execute(order(kAlice, Side::kBuy, 5, 101, "once")));
  EXPECT_TRUE(second.duplicate);
  EXPECT_EQ(second.order.order_id, first.order_id);
  EXPECT_EQ(second.order.status, OrderStatus::kFilled);
  EXPECT_TRUE(events_.empty());
  EXPECT_EQ(engine_.last_sequence(), after);
}

TEST_F(EngineTest, ClosedOrderIsFoundByBothIds) {
  const OrderState placed = place(kAlice, Side::kBuy, 5, 99, "mine");
  execute(CancelOrder{kAlice, placed.order_id, false});
  EXPECT_EQ(engine_.order(kAlice, ClientOrderId("mine"))->status, OrderStatus::kCanceled);
  EXPECT_EQ(engine_.order(kAlice, placed.order_id)->cancel_reason, CancelReason::kUser);
  EXPECT_EQ(engine_.order(kBob, placed.order_id), std::nullopt);
}

TEST_F(EngineTest, CheckAnswersWithoutChangingAnything) {
  const std::uint64_t before = engine_.state_hash();
  EXPECT_TRUE(
      std::holds_alternative<Done>(engine_.check(order(kAlice, Side::kBuy, 5, 101), now_ + 1)));
  const Outcome tooMuch = engine_.check(order(kAlice, Side::kBuy, 500, 101), now_ + 1);
  EXPECT_EQ(std::get<Rejection>(tooMuch).code, RejectCode::kInsufficientFunds);
  EXPECT_EQ(engine_.state_hash(), before);
}

TEST_F(EngineTest, CancelAllTellsWhatItCanceled) {
  place(kAlice, Side::kBuy, 5, 98);
  place(kAlice, Side::kBuy, 5, 99);
  place(kBob, Side::kSell, 5, 101);
  execute(CancelAll{kAlice, {}, false});
  ASSERT_EQ(engine_.canceled().size(), 2u);
  EXPECT_EQ(engine_.canceled()[0].status, OrderStatus::kCanceled);
  EXPECT_LT(engine_.canceled()[0].order_id, engine_.canceled()[1].order_id);
  place(kAlice, Side::kBuy, 5, 98);
  EXPECT_TRUE(engine_.canceled().empty());
}

TEST_F(EngineTest, SnapshotThatIsCutIsRefused) {
  place(kAlice, Side::kBuy, 5, 99, "mine");
  Bytes bytes;
  engine_.save(bytes);
  bytes.cut(bytes.size() - 1);
  EXPECT_THROW(Engine::load(bytes, EngineSettings{}), SnapshotError);
}

TEST_F(EngineTest, SnapshotOfAnotherGroupIsRefused) {
  Bytes bytes;
  engine_.save(bytes);
  EXPECT_THROW(Engine::load(bytes, EngineSettings{.engine_group = 1}), SnapshotError);
}

TEST_F(EngineTest, IdsCarryTheEngineGroup) {
  Engine engine(EngineSettings{.engine_group = 7});
  Timestamp now = 0;
  DefineInstrument define;
  define.terms.symbol = Symbol("ACME");
  define.terms.currency = Currency("USD");
  define.terms.max_quantity = 1'000;
  engine.execute(define, ++now, events_);
  engine.execute(OpenAccount{kAlice, Currency("USD"), 10'000, 0, 0}, ++now, events_);
  const Outcome outcome = engine.execute(order(kAlice, Side::kBuy, 1, 1), ++now, events_);
  EXPECT_EQ(std::get<OrderResult>(outcome).order.order_id >> 48, 7u);
}

}  // namespace
}  // namespace outcry
