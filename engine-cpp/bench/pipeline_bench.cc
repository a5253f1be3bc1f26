// Benchmarks the engine in one process with everything but the network: queue, sequencer, risk,
// matching, journal on disk with fdatasync, answers. Its client makes the commands as it sends
// them, on the same processors.
//
//   pipeline_bench [--seconds N] [--window N] [--directory DIR] [--json FILE]
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string_view>

#include "engine_flow.h"
#include "environment.h"
#include "journal/posix_disk.h"
#include "journal/recovery.h"
#include "journal/spare_preparer.h"
#include "percentiles.h"
#include "pipeline/pipeline.h"
#include "pipeline_client.h"
#include "sync_bench.h"

namespace outcry::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPings = 2'000;
// Pings, and writes of the disk alone, between one another.
constexpr int kPingsAtATime = 100;
constexpr int kWritesAtATime = 50;

struct Options {
  int seconds = 10;
  std::size_t window = 32'768;
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
    } else if (name == "--seconds") {
      options.seconds = std::atoi(value);
    } else if (name == "--window") {
      options.window = std::strtoull(value, nullptr, 10);
    } else if (name == "--directory") {
      options.directory = value;
    } else if (name == "--json") {
      options.json = value;
    } else {
      options.valid = false;
    }
  }
  options.valid = options.valid && options.seconds > 0 && options.window >= PipelineClient::kBatch;
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

class NoListener final : public FrameListener {
 public:
  void on_frame(std::span<const std::byte>, Sequence, Sequence) override {}
};

[[noreturn]] void die(const std::string& reason) {
  std::cerr << reason << '\n';
  std::_Exit(1);
}

struct Report {
  Latency sync;  // microseconds
  std::uint64_t commands = 0;
  std::uint64_t worst_second = 0;  // commands sent in it
  double seconds = 0;
  double processor_seconds = 0;
  std::uint64_t groups = 0;
  std::uint64_t rejections = 0;
  std::uint64_t bytes = 0;
  Latency command;  // microseconds
};

void measure_throughput(PipelineClient& client, EndlessFlow& flow, const JournalWriter& writer,
                        int seconds, Report& report) {
  const std::uint64_t bytes_before = writer.bytes_written();
  const std::uint64_t groups_before = client.groups();
  const double processor_before = processor_seconds();
  report.worst_second = ~std::uint64_t{0};
  const auto begin = Clock::now();
  for (int second = 1; second <= seconds; ++second) {
    std::uint64_t sent = 0;
    for (; Clock::now() - begin < std::chrono::seconds(second); sent += PipelineClient::kBatch)
      client.send_from(flow, PipelineClient::kBatch);
    report.worst_second = std::min(report.worst_second, sent);
    report.commands += sent;
  }
  client.wait_until_answered();
  report.seconds = seconds_since(begin);
  report.processor_seconds = processor_seconds() - processor_before;
  report.bytes = writer.bytes_written() - bytes_before;
  report.groups = client.groups() - groups_before;
  report.rejections = client.rejections();
}

void measure_latency(PipelineClient& client, SyncBench& sync, Report& report) {
  std::vector<double> commands;
  std::vector<double> syncs;
  for (int i = 0; i < kPings; ++i) {
    if (i % kPingsAtATime == 0) sync.run(kWritesAtATime, syncs);
    const Command command = PlaceOrder{.account_id = 1,
                                       .symbol = Symbol("AAPL"),
                                       .quantity = 1,
                                       .price = 1 + i % 100,
                                       .client_order_id = {}};
    const auto begin = Clock::now();
    client.send(std::span(&command, 1));
    client.wait_until_answered();
    commands.push_back(seconds_since(begin) * 1e6);
  }
  report.sync = latency_of(std::move(syncs));
  report.command = latency_of(std::move(commands));
}

Report run(const Options& options) {
  Report report;
  const Flow flow = generate_flow({});
  PosixDisk disk(options.directory);
  SyncBench sync(options.directory, kPings / kPingsAtATime * kWritesAtATime);
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
  Pipeline pipeline(
      {}, engine, writer, listener,
      [] {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
      },
      die);
  PipelineClient client(pipeline.input(), options.window);
  client.send(engine_setup(flow));
  client.wait_until_answered();
  EndlessFlow endless(flow);
  measure_throughput(client, endless, writer, options.seconds, report);
  measure_latency(client, sync, report);
  pipeline.stop();
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
      << " commands in " << report.seconds << " s, " << report.rejections << " rejected\n"
      << "  throughput   " << commands / report.seconds / 1e6 << " million commands/s, "
      << static_cast<double>(report.worst_second) / 1e6 << " in the worst second ("
      << report.processor_seconds / commands * 1e9 << " ns of processor time each, all threads)\n"
      << "  groups       " << report.groups << ", " << std::setprecision(0)
      << commands / static_cast<double>(report.groups) << " commands each\n"
      << "  journal      " << bytes / commands << " bytes a command, "
      << bytes / report.seconds / 1e6 << " MB/s\n"
      << "  one command  p50 " << report.command.p50 << ", p99 " << report.command.p99
      << " us; write + fdatasync of 4 KiB alone p50 " << report.sync.p50 << ", p99 "
      << report.sync.p99 << " us; ratio " << std::setprecision(2)
      << report.command.p50 / report.sync.p50 << "\n";
}

void print_json(const Report& report, std::ostream& out) {
  const double commands = static_cast<double>(report.commands);
  out << "{\"benchmark\": \"pipeline\", \"commands\": " << report.commands
      << ", \"seconds\": " << report.seconds
      << ", \"commands_per_second\": " << commands / report.seconds
      << ", \"commands_in_the_worst_second\": " << report.worst_second
      << ", \"processor_ns_per_command\": " << report.processor_seconds / commands * 1e9
      << ", \"commands_per_group\": " << commands / static_cast<double>(report.groups)
      << ", \"journal_bytes_per_command\": " << static_cast<double>(report.bytes) / commands
      << ", \"command_p50_us\": " << report.command.p50
      << ", \"command_p99_us\": " << report.command.p99
      << ", \"fdatasync_p50_us\": " << report.sync.p50
      << ", \"fdatasync_p99_us\": " << report.sync.p99 << "}\n";
}

}  // namespace
}  // namespace outcry::bench

int main(int argc, char** argv) {
  using namespace outcry::bench;
  Options options = parse(argc, argv);
  if (!options.valid) {
    std::cerr << "usage: pipeline_bench [--seconds N] [--window N] [--directory DIR] "
                 "[--json FILE]\n";
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
