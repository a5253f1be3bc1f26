#include "pipeline/group_exchange.h"

#include <gtest/gtest.h>

#include <thread>

namespace outcry {
namespace {

constexpr std::size_t kFullBytes = 1'000;

class NoRecipient final : public Recipient {
 public:
  void deliver(std::span<const Answer>, std::span<const Fill>) override {}
  void flush(Sequence) override {}
};

class GroupExchangeTest : public testing::Test {
 protected:
  void add(Group& group) { group.add_answer(recipient_); }

  void fill(Group& group) {
    while (group.frame.frame_bytes() < kFullBytes) {
      const Event event = SessionClosed{};
      group.frame.append(CloseSession{}, 1, std::span(&event, 1));
    }
  }

  NoRecipient recipient_;
  GroupExchange exchange_{kFullBytes};
};

TEST_F(GroupExchangeTest, LendsAGroupUntilItIsTaken) {
  Group& first = exchange_.acquire();
  add(first);
  exchange_.offer();
  EXPECT_EQ(&exchange_.acquire(), &first);
  exchange_.offer();
  EXPECT_EQ(exchange_.take(), &first);
  Group& second = exchange_.acquire();
  EXPECT_NE(&second, &first);
  add(second);
  exchange_.offer();
  first.clear();
  exchange_.release();
  EXPECT_EQ(exchange_.take(), &second);
}

TEST_F(GroupExchangeTest, DoesNotOfferAnEmptyGroup) {
  exchange_.acquire();
  exchange_.offer();
  exchange_.close();
  EXPECT_EQ(exchange_.take(), nullptr);
}

TEST_F(GroupExchangeTest, HandsOutWhatWasOfferedBeforeItWasClosed) {
  Group& group = exchange_.acquire();
  add(group);
  exchange_.offer();
  exchange_.close();
  EXPECT_EQ(exchange_.take(), &group);
  group.clear();
  exchange_.release();
  EXPECT_EQ(exchange_.take(), nullptr);
}

TEST_F(GroupExchangeTest, HoldsTheSequencerBackWhenTheOfferedGroupIsFull) {
  Group& first = exchange_.acquire();
  fill(first);
  exchange_.offer();
  Group* acquired = nullptr;
  std::thread sequencer([&] { acquired = &exchange_.acquire(); });
  EXPECT_EQ(exchange_.take(), &first);
  sequencer.join();
  EXPECT_NE(acquired, nullptr);
  EXPECT_NE(acquired, &first);
}

TEST_F(GroupExchangeTest, WakesTheCommitterWhoWaits) {
  Group* taken = nullptr;
  std::thread committer([&] { taken = exchange_.take(); });
  Group& group = exchange_.acquire();
  add(group);
  exchange_.offer();
  committer.join();
  EXPECT_EQ(taken, &group);
}

}  // namespace
}  // namespace outcry
