// Benchmarks the engine in one process with everything but the network: queue, sequencer, risk,
// matching, journal on disk with fdatasync, answers.
//
//   pipeline_bench [--passes N] [--directory DIR] [--json FILE]
#include <sys/resource.h>

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <mutex>
#include <string_view>

#include "engine_flow.h"
#include "environment.h"
#include "journal/posix_disk.h"
#include "journal/recovery.h"
#include "journal/spare_preparer.h"
#include "percentiles.h"
#include "pipeline/pipeline.h"
#include "sync_bench.h"

namespace outcry::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatch = 256;
constexpr std::size_t kWindow = 65'536;
constexpr int kPings = 2'000;

struct Options {
  int passes = 3;
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
    } else if (name == "--passes") {
      options.passes = std::atoi(value);
    } else if (name == "--directory") {
      options.directory = value;
    } else if (name == "--json") {
      options.json = value;
    } else {
      options.valid = false;
    }
  }
  options.valid = options.valid && options.passes > 0;
  return options;
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Keeps at most kWindow requests unanswered.
class Client final : public Recipient {
 public:
  explicit Client(InputQueue& input) : input_(input) {}

  void send(std::span<const Command> commands) {
    for (std::size_t at = 0; at < commands.size(); at += kBatch) {
      const auto part = commands.subspan(at, std::min(kBatch, commands.size() - at));
      wait_for_room(kWindow - part.size());
      std::unique_ptr<Batch> batch = input_.blank();
      batch->recipient = this;
      for (const Command& command : part)
        batch->requests.push_back({0, command});
      sent_ += part.size();
      input_.offer(std::move(batch), refused_);
      if (!refused_.empty()) std::abort();
    }
  }

  void wait_until_answered() { wait_for_room(0); }

  std::uint64_t groups() const { return groups_; }
  std::uint64_t rejections() const { return rejections_; }

  void deliver(std::span<const Answer> answers, std::span<const Fill>) override {
    for (const Answer& answer : answers) {
      rejections_ += std::holds_alternative<Rejection>(answer.reply) ? 1 : 0;
    }
    const std::lock_guard lock(mutex_);
    answered_ += answers.size();
  }

  void flush(Sequence) override {
    ++groups_;
    const std::lock_guard lock(mutex_);
    answered_some_.notify_one();
  }

 private:
  void wait_for_room(std::size_t unanswered) {
    std::unique_lock lock(mutex_);
    answered_some_.wait(lock, [&] { return sent_ - answered_ <= unanswered; });
  }

  InputQueue& input_;
  std::vector<Request> refused_;
  std::uint64_t sent_ = 0;
  std::mutex mutex_;
  std::condition_variable answered_some_;
  std::uint64_t answered_ = 0;  // guarded by mutex_
  std::uint64_t groups_ = 0;
  std::uint64_t rejections_ = 0;
};

class NoListener final : public FrameListener {
 public:
  void on_frame(std::span<const std::byte>, Sequence, Sequence) override {}
};

[[noreturn]] void die(const std::string& reason) {
  std::cerr << reason << '\n';
  std::_Exit(1);
}

struct Report {
  SyncBenchResult sync;
  std::uint64_t commands = 0;
  double seconds = 0;
  double processor_seconds = 0;
  std::uint64_t groups = 0;
  std::uint64_t rejections = 0;
  std::uint64_t bytes = 0;
  double ping_p50 = 0;
  double ping_p99 = 0;
  std::uint64_t recovered_events = 0;
  double recovery_seconds = 0;
};

void measure_throughput(Client& client, const JournalWriter& writer, const Flow& flow, int passes,
                        Report& report) {
  for (int pass = 0; pass < passes; ++pass) {
    const std::vector<Command> commands =
        engine_flow(flow, static_cast<std::uint64_t>(pass) * orders_in(flow));
    const std::uint64_t bytes_before = writer.bytes_written();
    const std::uint64_t groups_before = client.groups();
    const double processor_before = processor_seconds();
    const auto begin = Clock::now();
    client.send(commands);
    client.wait_until_answered();
    report.seconds += seconds_since(begin);
    report.processor_seconds += processor_seconds() - processor_before;
    report.commands += commands.size();
    report.bytes += writer.bytes_written() - bytes_before;
    report.groups += client.groups() - groups_before;
  }
  report.rejections = client.rejections();
}

void measure_latency(Client& client, Report& report) {
  std::vector<double> microseconds;
  for (int i = 0; i < kPings; ++i) {
    const Command command = PlaceOrder{.account_id = 1,
                                       .symbol = Symbol("AAPL"),
                                       .quantity = 1,
                                       .price = 1 + i % 100,
                                       .client_order_id = {}};
    const auto begin = Clock::now();
    client.send(std::span(&command, 1));
    client.wait_until_answered();
    microseconds.push_back(seconds_since(begin) * 1e6);
  }
  std::ranges::sort(microseconds);
  report.ping_p50 = percentile(microseconds, 0.5);
  report.ping_p99 = percentile(microseconds, 0.99);
}

void measure_recovery(Disk& disk, const JournalSettings& settings, std::uint64_t state_hash,
                      Report& report) {
  Engine engine{EngineSettings{}};
  const auto begin = Clock::now();
  const JournalScan scan =
      scan_journal(disk, settings.identity, [&](Sequence first, const Entry& entry) {
        engine.apply(entry.command, entry.time, first, entry.events);
      });
  report.recovery_seconds = seconds_since(begin);
  report.recovered_events = scan.events;
  if (engine.state_hash() != state_hash) die("recovery gave another state");
}

Report run(const Options& options) {
  Report report;
  report.sync = run_sync_bench(options.directory);

  const Flow flow = generate_flow({});
  PosixDisk disk(options.directory);
  const EngineSettings engine_settings;
  const JournalSettings settings{{0, engine_settings.client_order_id_window}};
  create_journal(disk, settings);
  Engine engine(engine_settings);
  SpareSegment spare(disk, settings.segment_bytes);
  const SparePreparer preparer(
      spare, [](bool) {}, die);
  JournalWriter writer(disk, settings, spare,
                       scan_journal(disk, settings.identity, [](Sequence, const Entry&) {}).tail);
  NoListener listener;
  {
    Pipeline pipeline(
        {}, engine, writer, listener,
        [] {
          return std::chrono::duration_cast<std::chrono::nanoseconds>(
                     std::chrono::system_clock::now().time_since_epoch())
              .count();
        },
        die);
    Client client(pipeline.input());
    client.send(engine_setup(flow));
    client.wait_until_answered();
    measure_throughput(client, writer, flow, options.passes, report);
    measure_latency(client, report);
  }
  measure_recovery(disk, settings, engine.state_hash(), report);
  return report;
}

void print(const Report& report, std::ostream& out) {
  const double commands = static_cast<double>(report.commands);
  const double bytes = static_cast<double>(report.bytes);
  const Environment machine = environment();
  out << machine.processor << ", " << machine.cores << " cores, load " << std::setprecision(2)
      << machine.load << ", compiler " << machine.compiler << "\n\n"
      << std::fixed << std::setprecision(2)  //
      << "In process, risk + matching + journal with fdatasync: " << report.commands
      << " commands, " << report.rejections << " rejected\n"
      << "  throughput   " << commands / report.seconds / 1e6 << " million commands/s ("
      << report.processor_seconds / commands * 1e9 << " ns of processor time each, all threads)\n"
      << "  groups       " << report.groups << ", " << std::setprecision(0)
      << commands / static_cast<double>(report.groups) << " commands each\n"
      << "  journal      " << bytes / commands << " bytes a command, "
      << bytes / report.seconds / 1e6 << " MB/s\n"
      << "  one command  p50 " << report.ping_p50 << ", p99 " << report.ping_p99
      << " us; write + fdatasync of 4 KiB alone p50 " << report.sync.p50 << ", p99 "
      << report.sync.p99 << " us; ratio " << std::setprecision(2)
      << report.ping_p50 / report.sync.p50 << "\n"
      << "  recovery     " << report.recovered_events << " events in " << report.recovery_seconds
      << " s, " << static_cast<double>(report.recovered_events) / report.recovery_seconds / 1e6
      << " million events/s\n";
}

void print_json(const Report& report, std::ostream& out) {
  const double commands = static_cast<double>(report.commands);
  out << "{\"benchmark\": \"pipeline\", \"commands\": " << report.commands
      << ", \"commands_per_second\": " << commands / report.seconds
      << ", \"processor_ns_per_command\": " << report.processor_seconds / commands * 1e9
      << ", \"commands_per_group\": " << commands / static_cast<double>(report.groups)
      << ", \"journal_bytes_per_command\": " << static_cast<double>(report.bytes) / commands
      << ", \"command_p50_us\": " << report.ping_p50 << ", \"command_p99_us\": " << report.ping_p99
      << ", \"fdatasync_p50_us\": " << report.sync.p50
      << ", \"fdatasync_p99_us\": " << report.sync.p99
      << ", \"recovered_events\": " << report.recovered_events
      << ", \"recovery_seconds\": " << report.recovery_seconds << "}\n";
}

}  // namespace
}  // namespace outcry::bench

int main(int argc, char** argv) {
  using namespace outcry::bench;
  Options options = parse(argc, argv);
  if (!options.valid) {
    std::cerr << "usage: pipeline_bench [--passes N] [--directory DIR] [--json FILE]\n";
    return 64;
  }
  // A journal of its own, removed at the end.
  std::string directory = options.directory + "/pipeline-bench-XXXXXX";
  if (::mkdtemp(directory.data()) == nullptr)
    die("cannot make a directory in " + options.directory);
  options.directory = directory;
  const Report report = run(options);
  std::filesystem::remove_all(directory);
  print(report, std::cout);
  if (!options.json.empty()) {
    std::ofstream json(options.json);
    print_json(report, json);
  }
  return 0;
}
