#include "pipeline/group_exchange.h"

#include <gtest/gtest.h>

#include <chrono>
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

TEST_F(GroupExchangeTest, GivesTheGroupToACommitterWhoWaitsThoughTheSequencerGoesOn) {
  Group* taken = nullptr;
  std::thread committer([&] { taken = exchange_.take(); });
  while (!exchange_.committer_waits())
    std::this_thread::yield();
  Group& first = exchange_.acquire();
  add(first);
  exchange_.offer();
  Group& second = exchange_.acquire();
  committer.join();
  EXPECT_EQ(taken, &first);
  EXPECT_NE(&second, &first);
}

class IdleCommitterTest : public GroupExchangeTest {
 protected:
  IdleCommitterTest() {
    while (!exchange_.committer_waits())
      std::this_thread::yield();
  }

  ~IdleCommitterTest() override { exchange_.close(); }

  Group* offer(std::size_t answers, bool last) {
    Group& group = exchange_.acquire();
    for (; answers != 0; --answers)
      add(group);
    return exchange_.offer(last);
  }

 private:
  std::jthread committer_{[this] {
    while (Group* group = exchange_.take()) {
      group->clear();
      exchange_.release();
    }
  }};
};

TEST_F(IdleCommitterTest, LeavesALittleGroupToTheSequencerWhoHasNothingElse) {
  for (int i = 0; i < 3; ++i) {
    Group* const mine = offer(1, true);
    ASSERT_NE(mine, nullptr);
    EXPECT_EQ(mine->answers.size(), 1);
    EXPECT_TRUE(exchange_.committer_waits());
    mine->clear();
    exchange_.release();
  }
}

TEST_F(IdleCommitterTest, TakesTheGroupOfASequencerWhoGoesOn) {
  EXPECT_EQ(offer(1, false), nullptr);
}

TEST_F(IdleCommitterTest, TakesALargerGroup) {
  EXPECT_EQ(offer(5, true), nullptr);
}

// With an interval that no test lives to see, what must not wait shows by ending.
class PacedGroupExchangeTest : public GroupExchangeTest {
 protected:
  void add_entry(Group& group) {
    add(group);
    const Event event = SessionClosed{};
    group.frame.append(CloseSession{}, 1, std::span(&event, 1));
  }

  void offer_entry() {
    add_entry(exchange_.acquire());
    exchange_.offer();
  }

  // The first group, which an idle committer takes at once, and a second that waits behind it.
  void begin_under_load() {
    offer_entry();
    Group* const first = exchange_.take();
    offer_entry();
    first->clear();
    exchange_.release();
  }

  GroupExchange exchange_{std::size_t{1} << 20, std::chrono::hours(1)};
};

TEST_F(PacedGroupExchangeTest, LetsNothingWaitThatComesToAnIdleCommitter) {
  Group* taken = nullptr;
  for (int i = 0; i < 3; ++i) {
    std::thread committer([&] { taken = exchange_.take(); });
    while (!exchange_.committer_waits())
      std::this_thread::yield();
    offer_entry();
    committer.join();
    ASSERT_NE(taken, nullptr);
    EXPECT_EQ(taken->answers.size(), 1);
    taken->clear();
    exchange_.release();
  }
}

TEST_F(PacedGroupExchangeTest, GathersUnderLoadUntilTheGroupIsLarge) {
  begin_under_load();
  std::size_t taken = 0;
  std::thread committer([&] { taken = exchange_.take()->answers.size(); });
  for (int i = 0; i < 300; ++i)
    offer_entry();
  committer.join();
  EXPECT_GE(taken, 256);
}

TEST_F(PacedGroupExchangeTest, LetsAGroupOfReadsGoAtOnce) {
  offer_entry();
  Group* const first = exchange_.take();
  add(exchange_.acquire());
  exchange_.offer();
  first->clear();
  exchange_.release();
  EXPECT_NE(exchange_.take(), nullptr);
}

TEST_F(PacedGroupExchangeTest, GathersNoMoreOnceClosed) {
  begin_under_load();
  exchange_.close();
  EXPECT_NE(exchange_.take(), nullptr);
  exchange_.release();
  EXPECT_EQ(exchange_.take(), nullptr);
}

}  // namespace
}  // namespace outcry
