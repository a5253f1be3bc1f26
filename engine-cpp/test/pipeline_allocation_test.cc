// The way of a command through queue, sequencer, journal and back takes no memory of its own
// either.
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <random>

#include "counting_allocator.h"
#include "journal/posix_disk.h"
#include "journal/recovery.h"
#include "pipeline/pipeline.h"

namespace outcry::test {
namespace {

constexpr AccountId kAccounts = 20;
constexpr std::size_t kBatch = 64;
constexpr std::size_t kWindow = 1'024;
constexpr std::size_t kCommands = 128 * kWindow;
// A group that is larger than any before, as chance will have it, makes lists grow: that ends, but
// nobody knows when.
constexpr std::size_t kCommandsOfOneAllocation = 1'000;
constexpr int kMostRuns = 10;

class NoListener final : public FrameListener {
 public:
  void on_frame(std::span<const std::byte>, Sequence, Sequence) override {}
};

// Places, replaces and cancels limit orders, a window at a time.
class Client final : public Recipient {
 public:
  explicit Client(InputQueue& input) : input_(input) {}

  void set_up() {
    DefineInstrument define;
    define.terms.symbol = Symbol("ACME");
    define.terms.currency = Currency("USD");
    define.terms.max_quantity = 1'000;
    std::vector<Command> commands{define};
    for (AccountId id = 1; id <= kAccounts; ++id)
      commands.emplace_back(OpenAccount{id, Currency("USD"), 1'000'000'000'000, 0, 1'000'000'000});
    for (const Command& command : commands) {
      send(1, [&] { return command; });
      wait();
    }
  }

  void run(std::size_t commands) {
    for (std::size_t sent = 0; sent < commands; sent += kBatch) {
      send(kBatch, [&] { return next(); });
      if (sent % kWindow == 0) wait();
    }
    wait();
  }

  void deliver(std::span<const Answer> answers, std::span<const Fill>) override {
    const std::lock_guard lock(mutex_);
    answered_ += answers.size();
  }
  void flush(Sequence) override { answered_some_.notify_one(); }

 private:
  template <class Fn>
  void send(std::size_t count, Fn&& make) {
    std::unique_ptr<Batch> batch = input_.blank();
    batch->recipient = this;
    for (std::size_t i = 0; i < count; ++i)
      batch->requests.push_back({0, make()});
    sent_ += count;
    input_.offer(std::move(batch), refused_);
    ASSERT_TRUE(refused_.empty());
  }

  void wait() {
    std::unique_lock lock(mutex_);
    answered_some_.wait_for(lock, std::chrono::minutes(1), [&] { return answered_ == sent_; });
  }

  // The order that the newest one was 100 orders ago is what is replaced, or canceled.
  Command next() {
    const Price price = 1'000 + static_cast<Price>(random_() % 41) - 20;
    const OrderId earlier = orders_ < 100 ? 1 : orders_ - 100;
    switch (random_() % 3) {
      case 0:
        return ReplaceOrder{1 + earlier % kAccounts, earlier, price, 10, 0, 0};
      case 1:
        return CancelOrder{1 + earlier % kAccounts, earlier, false};
      default:
        break;
    }
    ++orders_;
    PlaceOrder order;
    order.account_id = 1 + orders_ % kAccounts;
    order.symbol = Symbol("ACME");
    order.side = random_() % 2 == 0 ? Side::kBuy : Side::kSell;
    order.quantity = 20;
    order.price = price;
    order.time_in_force = random_() % 2 == 0 ? TimeInForce::kGtc : TimeInForce::kIoc;
    return order;
  }

  InputQueue& input_;
  std::vector<Request> refused_;
  std::mt19937_64 random_{7};
  OrderId orders_ = 0;
  std::size_t sent_ = 0;
  std::mutex mutex_;
  std::condition_variable answered_some_;
  std::size_t answered_ = 0;  // guarded by mutex_
};

TEST(PipelineAllocation, NoCommandAllocatesInTheSteadyState) {
  std::string directory = std::filesystem::temp_directory_path() / "outcry-XXXXXX";
  ASSERT_NE(::mkdtemp(directory.data()), nullptr);
  {
    PosixDisk disk(directory);
    const JournalSettings settings{{0, EngineSettings{}.client_order_id_window}};
    create_journal(disk, settings);
    SpareSegment spare(disk, settings.segment_bytes);
    JournalWriter writer(disk, settings, spare,
                         scan_journal(disk, settings.identity, [](Sequence, const Entry&) {}).tail);
    Engine engine{EngineSettings{}};
    NoListener listener;
    Timestamp now = 0;
    Pipeline pipeline(
        {}, engine, writer, listener, [&now] { return ++now; },
        [](const std::string&) { std::abort(); });
    Client client(pipeline.input());
    client.set_up();
    client.run(kCommands);
    std::size_t allocated = kCommands;
    for (int run = 0; run < kMostRuns && allocated >= kCommands / kCommandsOfOneAllocation; ++run) {
      const std::size_t before = allocations();
      client.run(kCommands);
      allocated = allocations() - before;
    }
    EXPECT_LT(allocated, kCommands / kCommandsOfOneAllocation);
  }
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace outcry::test
