// Benchmarks what a snapshot that is being taken costs the commands meanwhile: one client with one
// order at a time, over a large book, without snapshots and then while they are taken one after the
// other.
//
//   snapshot_bench [--orders N] [--seconds N] [--directory DIR] [--json FILE]
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include "environment.h"
#include "journaled_venue.h"
#include "percentiles.h"
#include "pipeline/frame_log.h"
#include "pipeline/pipeline.h"
#include "pipeline/snapshotter.h"

namespace outcry::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::uint64_t orders = 1'000'000;
  int seconds = 5;
  std::string directory = ".";
  std::string json;
  bool valid = true;
};

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i];
    const char* value = i + 1 < argc ? argv[i + 1] : nullptr;
    if (value == nullptr) {
      options.valid = false;
    } else if (name == "--orders") {
      options.orders = std::strtoull(value, nullptr, 10);
    } else if (name == "--seconds") {
      options.seconds = std::atoi(value);
    } else if (name == "--directory") {
      options.directory = value;
    } else if (name == "--json") {
      options.json = value;
    } else {
      options.valid = false;
    }
  }
  options.valid = options.valid && options.orders > 0 && options.seconds > 0;
  return options;
}

[[noreturn]] void die(const std::string& reason) {
  std::cerr << "snapshot_bench: " << reason << '\n';
  std::_Exit(1);
}

// Sends one order and waits for its answer.
class Client final : public Recipient {
 public:
  explicit Client(InputQueue& input) : input_(input) {}

  double ask_microseconds(const Command& command) {
    std::unique_ptr<Batch> batch = input_.blank();
    batch->recipient = this;
    batch->requests.push_back({0, command});
    const auto begin = Clock::now();
    if (input_.offer(std::move(batch), refused_) != InputQueue::Refusal::kNone) die("refused");
    answered_.acquire();
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
  }

  void deliver(std::span<const Answer>, std::span<const Fill>) override {}
  void flush(Sequence) override { answered_.release(); }

 private:
  InputQueue& input_;
  std::vector<Request> refused_;
  std::binary_semaphore answered_{0};
};

struct Latency {
  std::size_t commands = 0;
  double p50 = 0;
  double p99 = 0;
  double worst = 0;
};

Latency measure(Client& client, int seconds) {
  std::vector<double> microseconds;
  const auto end = Clock::now() + std::chrono::seconds(seconds);
  for (std::uint64_t i = 0; Clock::now() < end; ++i) {
    microseconds.push_back(
        client.ask_microseconds(PlaceOrder{.account_id = book_account(i),
                                           .symbol = Symbol("AAPL"),
                                           .quantity = 1,
                                           .price = 1 + static_cast<Price>(i % 100),
                                           .client_order_id = {}}));
  }
  std::ranges::sort(microseconds);
  return {microseconds.size(), percentile(microseconds, 0.5), percentile(microseconds, 0.99),
          microseconds.back()};
}

struct Report {
  Latency without;
  Latency during;
  std::uint64_t snapshots = 0;
};

Report run(const Options& options) {
  JournaledVenue venue(options.directory + "/journal");
  fill_book(venue, options.orders);
  venue.write();
  FrameLog log(std::size_t{16} << 20, venue.engine().last_sequence());
  Pipeline pipeline(
      {}, venue.engine(), venue.writer(), log,
      [] {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
      },
      die);
  Client client(pipeline.input());
  Report report;
  measure(client, 1);
  report.without = measure(client, options.seconds);
  const Snapshotter snapshotter(
      venue.disk(), {}, {.journal_bytes = 1, .reserve_bytes = 0},
      [&] {
        return JournalProgress{log.durable_sequence(), log.durable_sequence()};
      },
      [](const std::string& text, bool) { std::cerr << text << '\n'; }, die);
  report.during = measure(client, options.seconds);
  report.snapshots = snapshotter.taken();
  return report;
}

void print(const Options& options, const Report& report) {
  const Environment machine = environment();
  const auto row = [](const char* name, const Latency& latency) {
    std::cout << name << latency.commands << " commands, p50 " << latency.p50 << ", p99 "
              << latency.p99 << ", worst " << latency.worst << " us\n";
  };
  std::cout << machine.processor << ", " << machine.cores << " cores, load " << std::setprecision(2)
            << machine.load << ", compiler " << machine.compiler << "\n\n"
            << std::fixed << std::setprecision(0) << options.orders << " open orders\n";
  row("  without snapshots  ", report.without);
  row("  taking snapshots   ", report.during);
  std::cout << "  snapshots taken    " << report.snapshots << '\n';
}

void print_json(const Report& report, std::ostream& out) {
  out << "{\"benchmark\": \"snapshot\", \"without_p50_us\": " << report.without.p50
      << ", \"without_p99_us\": " << report.without.p99
      << ", \"during_p50_us\": " << report.during.p50
      << ", \"during_p99_us\": " << report.during.p99
      << ", \"during_worst_us\": " << report.during.worst << ", \"snapshots\": " << report.snapshots
      << "}\n";
}

}  // namespace
}  // namespace outcry::bench

int main(int argc, char** argv) {
  using namespace outcry::bench;
  Options options = parse(argc, argv);
  if (!options.valid) {
    std::cerr << "usage: snapshot_bench [--orders N] [--seconds N] [--directory DIR] "
                 "[--json FILE]\n";
    return 64;
  }
  std::string directory = options.directory + "/snapshot-bench-XXXXXX";
  if (::mkdtemp(directory.data()) == nullptr)
    die("cannot make a directory in " + options.directory);
  options.directory = directory;
  const Report report = run(options);
  std::filesystem::remove_all(directory);
  print(options, report);
  if (!options.json.empty()) {
    std::ofstream json(options.json);
    print_json(report, json);
  }
  return 0;
}
