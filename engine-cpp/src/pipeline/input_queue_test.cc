#include "pipeline/input_queue.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>

#include "pipeline/answer.h"

namespace outcry {
namespace {

constexpr std::size_t kCapacity = 4;
constexpr std::size_t kCancelCapacity = 2;

class Sender final : public Recipient {
 public:
  void deliver(std::span<const Answer>, std::span<const Fill>) override {}
  void flush(Sequence) override {}
};

class InputQueueTest : public testing::Test {
 protected:
  InputQueue::Refusal offer(std::string_view kinds) { return offer(queue_, sender_, kinds); }

  // Offers requests, numbered in the order given: 'o' an order, 'c' a cancel, 'a' one of all
  // orders.
  InputQueue::Refusal offer(InputQueue& queue, Sender& sender, std::string_view kinds) {
    std::unique_ptr<Batch> batch = queue.blank();
    batch->recipient = &sender;
    for (const char kind : kinds) {
      const Command command = kind == 'c'   ? Command(CancelOrder{})
                              : kind == 'a' ? Command(CancelAll{})
                                            : Command(PlaceOrder{});
      batch->requests.push_back({next_id_++, command});
    }
    return queue.offer(std::move(batch), refused_);
  }

  static std::vector<std::uint64_t> ids(const std::vector<Request>& requests) {
    std::vector<std::uint64_t> result;
    for (const Request& request : requests)
      result.push_back(request.request_id);
    return result;
  }

  std::vector<std::uint64_t> take() { return take(queue_); }

  std::vector<std::uint64_t> take(InputQueue& queue) {
    queue.take(batches_, std::chrono::milliseconds(0));
    std::vector<std::uint64_t> result;
    for (const auto& batch : batches_) {
      for (const Request& request : batch->requests)
        result.push_back(request.request_id);
    }
    return result;
  }

  using Ids = std::vector<std::uint64_t>;

  Sender sender_;
  InputQueue queue_{kCapacity, kCancelCapacity};
  std::vector<Request> refused_;
  std::vector<std::unique_ptr<Batch>> batches_;
  std::uint64_t next_id_ = 1;
};

TEST_F(InputQueueTest, HandsOutInTheOrderOfArrival) {
  EXPECT_EQ(offer("oc"), InputQueue::Refusal::kNone);
  EXPECT_EQ(offer("o"), InputQueue::Refusal::kNone);
  EXPECT_EQ(queue_.depth(), 3U);
  EXPECT_EQ(take(), (Ids{1, 2, 3}));
  EXPECT_EQ(take(), Ids{});
}

TEST_F(InputQueueTest, RefusesOrdersBeyondItsCapacityAndStillTakesCancels) {
  EXPECT_EQ(offer("ooo"), InputQueue::Refusal::kNone);
  EXPECT_EQ(offer("oocoo"), InputQueue::Refusal::kFull);
  EXPECT_EQ(ids(refused_), (Ids{5, 7, 8}));
  EXPECT_EQ(offer("cc"), InputQueue::Refusal::kFull);
  EXPECT_EQ(ids(refused_), Ids{10});
  EXPECT_EQ(take(), (Ids{1, 2, 3, 4, 6, 9}));
  EXPECT_EQ(offer("oooo"), InputQueue::Refusal::kNone);
}

TEST_F(InputQueueTest, TakesOnlyCancelsAndReadsWhileSpaceIsShort) {
  queue_.set_short_of_space(true);
  EXPECT_TRUE(queue_.short_of_space());
  std::unique_ptr<Batch> batch = queue_.blank();
  batch->recipient = &sender_;
  batch->requests = {
      {1, Command(PlaceOrder{})}, {2, Command(CancelAll{})}, {3, Query(GetAccount{})}};
  EXPECT_EQ(queue_.offer(std::move(batch), refused_), InputQueue::Refusal::kShortOfSpace);
  EXPECT_EQ(ids(refused_), Ids{1});
  EXPECT_EQ(take(), (Ids{2, 3}));
  queue_.set_short_of_space(false);
  EXPECT_EQ(offer("o"), InputQueue::Refusal::kNone);
}

TEST_F(InputQueueTest, RefusesAllWhenClosedButHandsOutWhatItHas) {
  offer("oo");
  queue_.close();
  EXPECT_EQ(offer("oc"), InputQueue::Refusal::kClosed);
  EXPECT_EQ(ids(refused_), (Ids{3, 4}));
  EXPECT_EQ(take(), (Ids{1, 2}));
  EXPECT_FALSE(queue_.take(batches_, std::chrono::milliseconds(0)));
}

TEST_F(InputQueueTest, WakesTheTakerWhoWaits) {
  std::thread producer([this] { offer("o"); });
  EXPECT_TRUE(queue_.take(batches_, std::chrono::hours(1)));
  EXPECT_EQ(batches_.size(), 1U);
  producer.join();
}

TEST_F(InputQueueTest, UsesBatchesAgain) {
  offer("o");
  take();
  const Batch* used = batches_[0].get();
  take();
  const std::unique_ptr<Batch> blank = queue_.blank();
  EXPECT_EQ(blank.get(), used);
  EXPECT_TRUE(blank->requests.empty());
}

class OverloadedInputQueueTest : public InputQueueTest {
 protected:
  static constexpr std::size_t kBatches = 3;
  static constexpr std::size_t kMuch = kBatches * InputQueue::kAtOnce;

  void overload() {
    for (std::size_t i = 0; i < kBatches; ++i)
      offer(queue_, sender_, std::string(InputQueue::kAtOnce, 'o'));
  }

  // The ids of what is handed out next, the overload left out.
  Ids next() {
    Ids ids = take(queue_);
    std::erase_if(ids, [](std::uint64_t id) { return id <= kMuch; });
    return ids;
  }

  InputQueue queue_{2 * kMuch, kMuch};
  Sender other_;
};

TEST_F(OverloadedInputQueueTest, HandsOutSoMuchAtATime) {
  overload();
  for (std::size_t left = kMuch; left != 0; left -= InputQueue::kAtOnce) {
    EXPECT_EQ(queue_.depth(), left);
    const Ids ids = take(queue_);
    EXPECT_EQ(ids.size(), InputQueue::kAtOnce);
    EXPECT_EQ(ids.front(), kMuch - left + 1);
  }
  EXPECT_EQ(queue_.depth(), 0);
  EXPECT_EQ(take(queue_), Ids{});
}

TEST_F(OverloadedInputQueueTest, LetsNoCancelOfAllOrdersPass) {
  overload();
  offer(queue_, other_, "a");
  EXPECT_EQ(next(), Ids{});
  EXPECT_EQ(next(), Ids{});
  EXPECT_EQ(next(), Ids{});
  EXPECT_EQ(next(), Ids{kMuch + 1});
}

TEST_F(OverloadedInputQueueTest, LetsCancelsPassWhatOthersSentInTheirOwnOrder) {
  overload();
  offer(queue_, other_, "c");
  offer(queue_, other_, "cc");
  const Ids ids = take(queue_);
  EXPECT_EQ(Ids(ids.begin(), ids.begin() + 4), (Ids{kMuch + 1, kMuch + 2, kMuch + 3, 1}));
  // They keep nobody waiting.
  EXPECT_EQ(ids.size(), 3 + InputQueue::kAtOnce);
  EXPECT_EQ(queue_.depth(), kMuch - InputQueue::kAtOnce);
}

TEST_F(OverloadedInputQueueTest, LetsNoCancelPassWhatItsOwnSenderSent) {
  overload();
  offer(queue_, sender_, "c");
  offer(queue_, other_, "occ");
  offer(queue_, other_, "c");
  while (queue_.depth() > 5)
    EXPECT_EQ(next(), Ids{});
  EXPECT_EQ(next(), (Ids{kMuch + 1, kMuch + 2, kMuch + 3, kMuch + 4, kMuch + 5}));
}

TEST_F(OverloadedInputQueueTest, LetsThoseCancelsPassThatComeBeforeAnyOrderOfTheirSender) {
  overload();
  offer(queue_, other_, "ccoc");
  EXPECT_EQ(queue_.depth(), kMuch + 4);
  EXPECT_EQ(next(), (Ids{kMuch + 1, kMuch + 2}));
  EXPECT_EQ(next(), Ids{});
  offer(queue_, other_, "c");
  EXPECT_EQ(next(), Ids{});
  EXPECT_EQ(next(), (Ids{kMuch + 3, kMuch + 4, kMuch + 5}));
}

TEST_F(OverloadedInputQueueTest, LetsCancelsPassAgainWhenWhatTheirSenderSentWasHandedOut) {
  offer(queue_, other_, "o");
  overload();
  EXPECT_EQ(take(queue_).front(), 1);
  offer(queue_, other_, "c");
  EXPECT_EQ(take(queue_).front(), kMuch + 2);
}

TEST_F(OverloadedInputQueueTest, HandsOutAllThatItHasWhenClosed) {
  overload();
  offer(queue_, other_, "c");
  queue_.close();
  std::size_t count = 0;
  while (queue_.take(batches_, std::chrono::milliseconds(0))) {
    for (const auto& batch : batches_)
      count += batch->requests.size();
  }
  EXPECT_EQ(count, kMuch + 1);
}

class HandledInputQueueTest : public InputQueueTest {
 protected:
  InputQueue::Refusal offer_lone() { return offer(queue_, sender_, "c"); }

  Ids handled_;
  std::function<void()> meanwhile_;
  InputQueue queue_{100, 0, [this](std::span<const std::unique_ptr<Batch>> batches) {
                      for (const auto& batch : batches)
                        handled_.push_back(batch->requests.front().request_id);
                      if (meanwhile_) meanwhile_();
                    }};
};

TEST_F(HandledInputQueueTest, HandlesLittleOnTheThreadThatBringsIt) {
  EXPECT_EQ(offer_lone(), InputQueue::Refusal::kNone);
  EXPECT_EQ(offer_lone(), InputQueue::Refusal::kNone);
  EXPECT_EQ(handled_, (Ids{1, 2}));
  EXPECT_EQ(queue_.depth(), 0);
}

TEST_F(HandledInputQueueTest, LeavesMuchToTheTaker) {
  offer(queue_, sender_, "ooooo");
  EXPECT_EQ(handled_, Ids{});
  EXPECT_TRUE(queue_.take(batches_, std::chrono::milliseconds(0)));
  EXPECT_EQ(batches_.size(), 1);
}

TEST_F(HandledInputQueueTest, HandlesNothingWhileTheTakerDoes) {
  offer(queue_, sender_, "ooooo");
  queue_.take(batches_, std::chrono::milliseconds(0));
  offer_lone();
  EXPECT_EQ(handled_, Ids{});
  queue_.take(batches_, std::chrono::milliseconds(0));
  EXPECT_EQ(batches_.size(), 1);
}

TEST_F(HandledInputQueueTest, GivesTheTakerWhatComesWhileAnotherHandles) {
  std::size_t taken = 0;
  std::thread taker;
  meanwhile_ = [&] {
    taker = std::thread([&] {
      queue_.take(batches_, std::chrono::hours(1));
      taken = batches_.size();
    });
    offer_lone();
    // It must not have it before the handler has returned.
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(queue_.depth(), 1);
  };
  offer_lone();
  taker.join();
  EXPECT_EQ(handled_, Ids{1});
  EXPECT_EQ(taken, 1);
}

}  // namespace
}  // namespace outcry
