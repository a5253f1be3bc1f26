// Benchmarks a whole engine over gRPC on loopback, engine and client each in a process of its own.
//
//   grpc_bench [--passes N] [--directory DIR] [--json FILE]
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string_view>

#include "echo_server.h"
#include "engine_flow.h"
#include "environment.h"
#include "grpc_client.h"
#include "lone_client.h"
#include "percentiles.h"
#include "server/engine_server.h"
#include "server_process.h"
#include "sync_bench.h"

namespace outcry::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatch = 512;
constexpr std::size_t kWindow = 8'192;
constexpr int kPings = 2'000;
// Pings, and writes of the disk alone, between one another.
constexpr int kPingsAtATime = 100;
constexpr int kWritesAtATime = 50;

struct Options {
  int passes = 2;
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

// Latencies are in microseconds.
struct Report {
  std::uint64_t commands = 0;
  double seconds = 0;
  double processor_seconds = 0;
  std::uint64_t result_batches = 0;
  std::uint64_t rejections = 0;
  Latency sync;
  Latency command;
  Latency echo;
  Latency spaced_sync;  // between one echo and the next
};

void measure_throughput(const ServerProcess& engine, GrpcClient& client, const Flow& flow,
                        int passes, Report& report) {
  for (int pass = 0; pass < passes; ++pass) {
    const std::vector<Command> commands =
        engine_flow(flow, static_cast<std::uint64_t>(pass) * orders_in(flow));
    const double processor_before = processor_seconds() + engine.processor_seconds();
    const auto begin = Clock::now();
    client.run(commands);
    report.seconds += seconds_since(begin);
    report.processor_seconds += processor_seconds() + engine.processor_seconds() - processor_before;
    report.commands += commands.size();
  }
  report.rejections = client.rejections();
  report.result_batches = client.result_batches();
}

double ping(LoneClient& client, int i) {
  const auto begin = Clock::now();
  client.ask(PlaceOrder{.account_id = 1,
                        .symbol = Symbol("AAPL"),
                        .quantity = 1,
                        .price = 1 + i % 100,
                        .client_order_id = {}});
  return seconds_since(begin) * 1e6;
}

void measure_latency(LoneClient& client, LoneClient& echoed, SyncBench& sync, Report& report) {
  std::vector<double> syncs;
  std::vector<double> commands;
  std::vector<double> echoes;
  std::vector<double> spaced_syncs;
  for (int i = 0; i < kPings; i += kPingsAtATime) {
    sync.run(kWritesAtATime, syncs);
    for (int j = 0; j < kPingsAtATime; ++j)
      commands.push_back(ping(client, i + j));
    // What an engine cannot do without, one after the other.
    for (int j = 0; j < kPingsAtATime; ++j) {
      echoes.push_back(ping(echoed, i + j));
      sync.run(1, spaced_syncs);
    }
  }
  report.sync = latency_of(std::move(syncs));
  report.command = latency_of(std::move(commands));
  report.echo = latency_of(std::move(echoes));
  report.spaced_sync = latency_of(std::move(spaced_syncs));
}

ServerProcess::Server start_engine(const std::string& directory) {
  Settings settings;
  settings.data_directory = directory;
  settings.listen = "127.0.0.1:0";
  const auto server = std::make_shared<EngineServer>(settings, Start::kInit);
  return {server->port(), [server] { server->stop(); }};
}

Report run(const Options& options) {
  Report report;
  const ServerProcess engine([&] { return start_engine(options.directory + "/data"); });
  const ServerProcess echo(start_echo);
  SyncBench sync(options.directory, kPings / kPingsAtATime * kWritesAtATime + kPings);
  const Flow flow = generate_flow({});
  {
    GrpcClient client(engine.address(), kBatch, kWindow);
    client.run(engine_setup(flow));
    measure_throughput(engine, client, flow, options.passes, report);
  }
  LoneClient client(engine.address());
  LoneClient echoed(echo.address());
  measure_latency(client, echoed, sync, report);
  return report;
}

void print(const Report& report, std::ostream& out) {
  const double commands = static_cast<double>(report.commands);
  const double least = report.echo.p50 + report.spaced_sync.p50;
  const Environment machine = environment();
  out << machine.processor << ", " << machine.cores << " cores, load " << std::setprecision(2)
      << machine.load << ", compiler " << machine.compiler << "\n\n"
      << std::fixed << std::setprecision(2)  //
      << "Over gRPC on loopback, client included, durable: " << report.commands << " commands, "
      << report.rejections << " rejected\n"
      << "  throughput   " << commands / report.seconds / 1e6 << " million commands/s ("
      << std::setprecision(0) << report.processor_seconds / commands * 1e9
      << " ns of processor time each, client and engine)\n"
      << "  batches      " << commands / static_cast<double>(report.result_batches)
      << " results each\n"
      << "  one command  p50 " << report.command.p50 << ", p99 " << report.command.p99 << " us\n"
      << "  disk         write + fdatasync of 4 KiB, as far apart as commands: p50 "
      << report.spaced_sync.p50 << " us, ratio " << std::setprecision(2)
      << report.command.p50 / report.spaced_sync.p50
      << "; one right after the other: " << std::setprecision(0) << report.sync.p50 << " us, ratio "
      << std::setprecision(2) << report.command.p50 / report.sync.p50 << "\n"
      << std::setprecision(0) << "  the least    p50 " << report.echo.p50
      << " us over gRPC to a server that does nothing and back, and that sync: ratios "
      << std::setprecision(2) << least / report.spaced_sync.p50 << " and "
      << least / report.sync.p50 << "\n";
}

void print_json(const Report& report, std::ostream& out) {
  const double commands = static_cast<double>(report.commands);
  out << "{\"benchmark\": \"grpc\", \"commands\": " << report.commands
      << ", \"commands_per_second\": " << commands / report.seconds
      << ", \"processor_ns_per_command\": " << report.processor_seconds / commands * 1e9
      << ", \"command_p50_us\": " << report.command.p50
      << ", \"command_p99_us\": " << report.command.p99 << ", \"echo_p50_us\": " << report.echo.p50
      << ", \"echo_p99_us\": " << report.echo.p99
      << ", \"fdatasync_behind_echo_p50_us\": " << report.spaced_sync.p50
      << ", \"fdatasync_p50_us\": " << report.sync.p50
      << ", \"fdatasync_p99_us\": " << report.sync.p99 << "}\n";
}

}  // namespace
}  // namespace outcry::bench

int main(int argc, char** argv) {
  using namespace outcry::bench;
  Options options = parse(argc, argv);
  if (!options.valid) {
    std::cerr << "usage: grpc_bench [--passes N] [--directory DIR] [--json FILE]\n";
    return 64;
  }
  // A directory of its own, removed at the end.
  std::string directory = options.directory + "/grpc-bench-XXXXXX";
  if (::mkdtemp(directory.data()) == nullptr) {
    std::cerr << "cannot make a directory in " << options.directory << '\n';
    return 73;
  }
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
