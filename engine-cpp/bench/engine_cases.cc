#include "engine_cases.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>

#include "engine/engine.h"
#include "engine_flow.h"
#include "percentiles.h"
#include "stopwatch.h"

namespace outcry::bench {
namespace {

constexpr AccountId kAlice = 1;
constexpr AccountId kBob = 2;
constexpr Cash kRich = 4'000'000'000'000'000'000;
constexpr std::size_t kCascade = 10'000;

// Runs commands one after the other, as a sequencer would.
class Runner {
 public:
  explicit Runner(const EngineSettings& settings = {}) : engine_(settings) {}

  Outcome execute(const Command& command) {
    events_.clear();
    return engine_.execute(command, ++now_, events_);
  }

  void execute_all(const std::vector<Command>& commands) {
    for (const Command& command : commands)
      execute(command);
  }

  // One instrument, a buyer and a seller.
  void open_small_venue() {
    DefineInstrument define;
    define.terms.symbol = Symbol("ACME");
    define.terms.currency = Currency("USD");
    define.terms.max_quantity = 1'000'000;
    execute(define);
    for (const AccountId id : {kAlice, kBob}) {
      execute(OpenAccount{id, Currency("USD"), kRich, 0, 0});
      execute(AdjustPosition{id, Symbol("ACME"), 1'000'000'000, Reference("shares")});
    }
  }

  Outcome place(AccountId account, Side side, Price price) {
    PlaceOrder order;
    order.account_id = account;
    order.symbol = Symbol("ACME");
    order.side = side;
    order.quantity = 1;
    order.price = price;
    return execute(order);
  }

  std::size_t event_count() const { return events_.size(); }
  Engine& engine() { return engine_; }

 private:
  Engine engine_;
  Timestamp now_ = 0;
  std::vector<Event> events_;
};

template <class Work>
double cpu_seconds(Work&& work) {
  const Stopwatch stopwatch;
  work();
  return stopwatch.elapsed().cpu_seconds;
}

// Of this process, from the kernel.
double resident_bytes() {
  std::ifstream in("/proc/self/statm");
  double total = 0;
  double resident = 0;
  in >> total >> resident;
  return resident * 4'096;
}

void name_orders(std::vector<Command>& commands, int pass) {
  std::uint64_t count = 0;
  for (Command& command : commands) {
    if (auto* order = std::get_if<PlaceOrder>(&command)) {
      order->client_order_id =
          ClientOrderId("pass-" + std::to_string(pass) + "-order-" + std::to_string(++count));
    }
  }
}

class MemorySnapshot final : public SnapshotWriter, public SnapshotReader {
 public:
  void write(std::span<const std::byte> bytes) override {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  void read(std::span<std::byte> bytes) override {
    if (bytes.size() > bytes_.size() - read_) throw SnapshotError("snapshot: ends too early");
    std::memcpy(bytes.data(), bytes_.data() + read_, bytes.size());
    read_ += bytes.size();
  }

 private:
  std::vector<std::byte> bytes_;
  std::size_t read_ = 0;
};

EngineCase run_flow_case(const std::string& name, const Flow& flow, int passes, bool with_ids) {
  Runner runner(EngineSettings{.expected_client_order_ids = 8'000'000});
  runner.execute_all(engine_setup(flow));
  std::vector<double> rates;
  for (int pass = 0; pass < passes; ++pass) {
    std::vector<Command> commands =
        engine_flow(flow, static_cast<std::uint64_t>(pass) * orders_in(flow));
    if (with_ids) name_orders(commands, pass);
    const double seconds = cpu_seconds([&] { runner.execute_all(commands); });
    rates.push_back(static_cast<double>(commands.size()) / seconds / 1e6);
  }
  return {name, median(rates), "M commands/s of processor time, median"};
}

}  // namespace

std::vector<EngineCase> run_engine_flow(int passes) {
  const Flow flow = generate_flow(FlowSize{});
  return {run_flow_case("common flow", flow, passes, false),
          run_flow_case("common flow, every order with a client order id", flow, passes, true)};
}

std::vector<EngineCase> run_many_orders(std::size_t orders) {
  Runner runner;
  runner.open_small_venue();
  const double before = resident_bytes();
  const double place = cpu_seconds([&] {
    for (std::size_t i = 0; i < orders; ++i)
      runner.place(kAlice, Side::kBuy, 1 + static_cast<Price>(i * 7'919 % 1'000));
  });
  const double bytes = resident_bytes() - before;
  const auto count = static_cast<double>(orders);
  std::vector<EngineCase> cases{{"a resting order, all included", bytes / count, "bytes"},
                                {"placing one of many", place * 1e9 / count, "ns"}};
  cases.push_back({"hashing the state", cpu_seconds([&] { runner.engine().state_hash(); }), "s"});
  MemorySnapshot snapshot;
  cases.push_back({"saving the state", cpu_seconds([&] { runner.engine().save(snapshot); }), "s"});
  cases.push_back(
      {"loading the state", cpu_seconds([&] { Engine::load(snapshot, EngineSettings{}); }), "s"});
  const double cancel = cpu_seconds([&] { runner.execute(CancelAll{kAlice, {}, false}); });
  cases.push_back({"canceling all, each", cancel * 1e9 / count, "ns"});
  return cases;
}

std::vector<EngineCase> run_stops(std::size_t orders) {
  Runner runner;
  runner.open_small_venue();
  PlaceOrder stop;
  stop.account_id = kAlice;
  stop.symbol = Symbol("ACME");
  stop.quantity = 1;
  // Each trades at a price that triggers the next.
  stop.type = OrderType::kStop;
  for (std::size_t i = 0; i < kCascade; ++i) {
    stop.stop_price = 1'001 + static_cast<Price>(i);
    runner.execute(stop);
    runner.place(kBob, Side::kSell, 1'001 + static_cast<Price>(i));
  }
  const double cascade = cpu_seconds([&] { runner.place(kAlice, Side::kBuy, 1'001); });
  const auto triggered = static_cast<double>(kCascade);
  if (runner.event_count() < 2 * kCascade) std::abort();

  // Every trade is a new best price for all that wait.
  stop = {};
  stop.account_id = kAlice;
  stop.symbol = Symbol("ACME");
  stop.quantity = 1;
  stop.side = Side::kSell;
  stop.type = OrderType::kTrailingStop;
  for (std::size_t i = 0; i < orders; ++i) {
    stop.trail_amount = 100 + static_cast<Price>(i % 1'000);
    runner.execute(stop);
  }
  const double rise = cpu_seconds([&] {
    for (Price price = 20'000; price < 20'000 + static_cast<Price>(kCascade); ++price) {
      runner.place(kBob, Side::kSell, price);
      runner.place(kAlice, Side::kBuy, price);
    }
  });
  return {{"a stop in a cascade of " + std::to_string(kCascade), cascade * 1e9 / triggered, "ns"},
          {"a trade that " + std::to_string(orders) + " trailing stops follow",
           rise * 1e9 / triggered, "ns"}};
}

}  // namespace outcry::bench
