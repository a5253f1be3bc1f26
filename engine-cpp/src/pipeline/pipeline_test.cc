#include "pipeline/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "journal/recovery.h"
#include "journal/simulated_disk.h"
#include "pipeline/recovered_engine.h"
#include "pipeline/verification.h"

namespace outcry {
namespace {

constexpr std::uint64_t kSegmentBytes = 65'536;
constexpr int kProducers = 4;
constexpr std::uint64_t kRounds = 300;
constexpr std::uint64_t kLargestBatch = 40;

// Knows what is durable, counts frames, and holds the first that is committed on a thread until it
// is told to go on.
class Holder final : public FrameListener {
 public:
  void hold_on(std::thread::id thread) {
    const std::lock_guard lock(mutex_);
    thread_ = thread;
  }

  void wait_until_held() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return held_; });
  }

  bool held() const {
    const std::lock_guard lock(mutex_);
    return held_;
  }

  void go_on() {
    const std::lock_guard lock(mutex_);
    going_on_ = true;
    changed_.notify_all();
  }

  std::size_t frames_after_it() const {
    const std::lock_guard lock(mutex_);
    return frames_after_it_;
  }

  std::size_t largest_frame() const {
    const std::lock_guard lock(mutex_);
    return largest_frame_;
  }

  Sequence durable_sequence() const { return durable_sequence_; }

  void on_durable(Sequence last_sequence) override { durable_sequence_ = last_sequence; }

  void on_frame(std::span<const std::byte> frame, Sequence, Sequence last_sequence) override {
    EXPECT_LE(last_sequence, durable_sequence_);
    std::unique_lock lock(mutex_);
    largest_frame_ = std::max(largest_frame_, frame.size());
    if (held_) ++frames_after_it_;
    if (held_ || std::this_thread::get_id() != thread_) return;
    held_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return going_on_; });
  }

 private:
  std::atomic<Sequence> durable_sequence_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // All below: guarded by mutex_.
  std::thread::id thread_;
  bool held_ = false;
  bool going_on_ = false;
  std::size_t frames_after_it_ = 0;
  std::size_t largest_frame_ = 0;
};

// Opens accounts, and remembers what it was told.
class Producer final : public Recipient {
 public:
  Producer(InputQueue& input, const Holder& listener, std::uint64_t number)
      : input_(input), listener_(listener), next_account_(number << 32) {}

  void open_accounts(std::uint64_t count) {
    std::unique_ptr<Batch> batch = input_.blank();
    batch->recipient = this;
    for (; count != 0; --count) {
      batch->requests.push_back({++sent_, Command(OpenAccount{.account_id = ++next_account_,
                                                              .currency = Currency("USD")})});
    }
    ASSERT_EQ(input_.offer(std::move(batch), refused_), InputQueue::Refusal::kNone);
  }

  void wait_until_answered() {
    std::unique_lock lock(mutex_);
    flushed_.wait(lock, [this] { return durable_ == sent_; });
  }

  std::uint64_t answered() const {
    const std::lock_guard lock(mutex_);
    return delivered_;
  }

  bool answered_on(std::thread::id thread) const {
    const std::lock_guard lock(mutex_);
    return durable_ == sent_ && thread_ == thread;
  }

  void deliver(std::span<const Answer> answers, std::span<const Fill>) override {
    const std::lock_guard lock(mutex_);
    for (const Answer& answer : answers) {
      EXPECT_EQ(answer.request_id, ++delivered_);
      EXPECT_TRUE(std::holds_alternative<Done>(answer.reply));
      EXPECT_GT(answer.sequence, last_sequence_);
      // Who is answered may ask the feed for more at once.
      EXPECT_LE(answer.sequence, listener_.durable_sequence());
      last_sequence_ = answer.sequence;
    }
  }

  void flush(Sequence durable_sequence) override {
    const std::lock_guard lock(mutex_);
    EXPECT_GE(durable_sequence, last_sequence_);
    durable_ = delivered_;
    thread_ = std::this_thread::get_id();
    flushed_.notify_one();
  }

 private:
  InputQueue& input_;
  const Holder& listener_;
  AccountId next_account_;
  std::vector<Request> refused_;
  std::uint64_t sent_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable flushed_;
  // All below: guarded by mutex_.
  std::uint64_t delivered_ = 0;
  std::uint64_t durable_ = 0;
  Sequence last_sequence_ = 0;
  std::thread::id thread_;
};

// Cancels, and sees how much of what another asked for was answered before.
class Canceler final : public Recipient {
 public:
  Canceler(InputQueue& input, const Producer& other) : input_(input), other_(other) {}

  void cancel() {
    std::unique_ptr<Batch> batch = input_.blank();
    batch->recipient = this;
    batch->requests.push_back({1, Command(CancelOrder{})});
    std::vector<Request> refused;
    ASSERT_EQ(input_.offer(std::move(batch), refused), InputQueue::Refusal::kNone);
  }

  void deliver(std::span<const Answer>, std::span<const Fill>) override {
    answered_before_ = other_.answered();
  }
  void flush(Sequence) override {}

  std::uint64_t answered_before() const { return answered_before_; }

 private:
  InputQueue& input_;
  const Producer& other_;
  std::uint64_t answered_before_ = 0;
};

class PipelineTest : public testing::Test {
 protected:
  PipelineTest() {
    const JournalSettings journal{identity_of(settings_), kSegmentBytes};
    create_journal(disk_, journal);
    spare_ = std::make_unique<SpareSegment>(disk_, journal.segment_bytes);
    writer_ = std::make_unique<JournalWriter>(
        disk_, journal, *spare_,
        scan_journal(disk_, journal.identity, [](Sequence, const Entry&) {}).tail);
    begin({});
  }

  void begin(const PipelineSettings& settings) {
    pipeline_.reset();
    pipeline_ = std::make_unique<Pipeline>(
        settings, engine_, *writer_, listener_, [] { return Timestamp{1}; },
        [](const std::string&) { std::abort(); });
  }

  InputQueue& input() { return pipeline_->input(); }

  // Brings lone commands until one is held as it is committed; what comes then waits.
  std::jthread hold() {
    std::jthread lone([this] {
      listener_.hold_on(std::this_thread::get_id());
      Producer producer(input(), listener_, 1);
      while (!listener_.held()) {
        producer.open_accounts(1);
        producer.wait_until_answered();
      }
    });
    listener_.wait_until_held();
    return lone;
  }

  SimulatedDisk disk_{1};
  const EngineSettings settings_;
  Engine engine_{settings_};
  std::unique_ptr<SpareSegment> spare_;
  std::unique_ptr<JournalWriter> writer_;
  Holder listener_;
  std::unique_ptr<Pipeline> pipeline_;
};

// As soon as both threads have gone to sleep.
TEST_F(PipelineTest, ExecutesAndCommitsOnTheThreadThatBringsACommandToAnIdlePipeline) {
  Producer producer(input(), listener_, 1);
  do {
    producer.wait_until_answered();
    producer.open_accounts(1);
  } while (!producer.answered_on(std::this_thread::get_id()));
}

TEST_F(PipelineTest, LeavesALargeBatchToItsThreads) {
  Producer producer(input(), listener_, 1);
  for (std::uint64_t round = 0; round < kRounds; ++round) {
    producer.open_accounts(kLargestBatch);
    producer.wait_until_answered();
    EXPECT_FALSE(producer.answered_on(std::this_thread::get_id()));
  }
}

TEST_F(PipelineTest, CommitsTogetherWhatCameWhileALoneCommandWasCommitted) {
  std::jthread lone = hold();
  std::deque<Producer> others;
  for (std::uint64_t number = 2; number <= 9; ++number)
    others.emplace_back(input(), listener_, number).open_accounts(1);
  listener_.go_on();
  for (Producer& other : others)
    other.wait_until_answered();
  lone.join();
  pipeline_->stop();
  EXPECT_EQ(listener_.frames_after_it(), 1);
}

TEST_F(PipelineTest, AddsNothingToAFullGroup) {
  constexpr std::size_t kFull = 2'048;
  constexpr std::size_t kMoreThanACommand = 512;
  begin({.group_bytes = kFull});
  Producer producer(input(), listener_, 1);
  producer.open_accounts(200);
  producer.wait_until_answered();
  pipeline_->stop();
  EXPECT_GE(listener_.largest_frame(), kFull);
  EXPECT_LT(listener_.largest_frame(), kFull + kMoreThanACommand);
}

TEST_F(PipelineTest, AnswersACancelBeforeTheCommandsOfOthersThatWaitUnderOverload) {
  std::jthread lone = hold();
  Producer crowd(input(), listener_, 2);
  for (int i = 0; i < 4; ++i)
    crowd.open_accounts(InputQueue::kAtOnce);
  Canceler canceler(input(), crowd);
  canceler.cancel();
  listener_.go_on();
  crowd.wait_until_answered();
  lone.join();
  pipeline_->stop();
  EXPECT_EQ(canceler.answered_before(), 0);
}

TEST_F(PipelineTest, AnswersEverybodyInOrderWhoeverDoesTheWork) {
  std::vector<std::jthread> threads;
  for (std::uint64_t number = 1; number <= kProducers; ++number) {
    threads.emplace_back([this, number] {
      Producer producer(input(), listener_, number);
      for (std::uint64_t round = 0; round < kRounds; ++round) {
        producer.open_accounts(1);
        producer.open_accounts(1 + round % kLargestBatch);
        if (round % 3 != 0) producer.wait_until_answered();
      }
      producer.wait_until_answered();
    });
  }
  threads.clear();
  pipeline_->stop();
  const Verification verification = verify_journal(disk_, settings_);
  EXPECT_EQ(verification.state_hash, engine_.state_hash());
}

}  // namespace
}  // namespace outcry
