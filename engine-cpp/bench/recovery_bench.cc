// Benchmarks recovery: of the common flow from the journal alone, and of a large book from a
// snapshot.
//
//   recovery_bench [--passes N] [--orders N] [--directory DIR] [--json FILE]
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine_flow.h"
#include "environment.h"
#include "journaled_venue.h"
#include "percentiles.h"
#include "pipeline/recovered_engine.h"
#include "pipeline/snapshot.h"
#include "stopwatch.h"

namespace outcry::bench {
namespace {

constexpr int kRepetitions = 3;
// A tail as a crash leaves it.
constexpr std::uint64_t kTail = 1'000;

struct Options {
  int passes = 4;  // of the common flow
  std::uint64_t orders = 1'000'000;
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
    } else if (name == "--orders") {
      options.orders = std::strtoull(value, nullptr, 10);
    } else if (name == "--directory") {
      options.directory = value;
    } else if (name == "--json") {
      options.json = value;
    } else {
      options.valid = false;
    }
  }
  options.valid = options.valid && options.passes > 0 && options.orders > 0;
  return options;
}

[[noreturn]] void die(const std::string& reason) {
  std::cerr << "recovery_bench: " << reason << '\n';
  std::exit(1);
}

struct Recovery {
  std::uint64_t events = 0;  // of the journal
  std::uint64_t open_orders = 0;
  double seconds = 0;  // median
};

Recovery measure_recovery(JournaledVenue& venue) {
  Recovery recovery;
  std::vector<double> seconds;
  const std::uint64_t state = venue.engine().state_hash();
  for (int i = 0; i < kRepetitions; ++i) {
    const Stopwatch watch;
    const RecoveredEngine recovered = recover_engine(venue.disk(), {});
    seconds.push_back(watch.elapsed().wall_seconds);
    recovery.events = recovered.scan.events;
    if (recovered.engine.state_hash() != state) die("recovery gave another state");
  }
  recovery.seconds = median(seconds);
  return recovery;
}

Recovery from_journal(const Options& options) {
  JournaledVenue venue(options.directory + "/journal");
  const Flow flow = generate_flow({});
  for (const Command& command : engine_setup(flow))
    venue.execute(command);
  for (int pass = 0; pass < options.passes; ++pass) {
    const std::uint64_t orders_before = orders_in(flow) * static_cast<std::uint64_t>(pass);
    for (const Command& command : engine_flow(flow, orders_before))
      venue.execute(command);
  }
  venue.write();
  return measure_recovery(venue);
}

struct SnapshotRecovery {
  Recovery recovery;
  double take_seconds = 0;
  std::uint64_t bytes = 0;
};

SnapshotRecovery from_snapshot(const Options& options) {
  JournaledVenue venue(options.directory + "/snapshot");
  fill_book(venue, options.orders);
  venue.write();
  SnapshotRecovery result;
  const Stopwatch watch;
  result.bytes = take_snapshot(venue.disk(), {}, venue.engine().last_sequence()).bytes;
  result.take_seconds = watch.elapsed().wall_seconds;
  for (std::uint64_t i = 0; i < kTail; ++i)
    venue.execute(CancelOrder{.account_id = book_account(i), .order_id = i + 1});
  venue.write();
  result.recovery = measure_recovery(venue);
  result.recovery.open_orders = options.orders - kTail;
  return result;
}

void print(const Recovery& journal, const SnapshotRecovery& snapshot) {
  const Environment machine = environment();
  std::cout << machine.processor << ", " << machine.cores << " cores, load " << std::setprecision(2)
            << machine.load << ", compiler " << machine.compiler << "\n\n"
            << std::fixed << std::setprecision(2)  //
            << "recovery from the journal alone: " << journal.events << " events in "
            << journal.seconds << " s, "
            << static_cast<double>(journal.events) / journal.seconds / 1e6 << " million events/s\n"
            << "recovery from a snapshot: " << snapshot.recovery.open_orders
            << " open orders, each with a client order id, and " << snapshot.recovery.events
            << " events behind it in " << snapshot.recovery.seconds << " s\n"
            << "a snapshot of that from the journal alone takes " << snapshot.take_seconds << " s, "
            << snapshot.bytes << " bytes\n";
}

void print_json(const Recovery& journal, const SnapshotRecovery& snapshot, std::ostream& out) {
  out << "{\"benchmark\": \"recovery\", \"journal_events\": " << journal.events
      << ", \"journal_seconds\": " << journal.seconds
      << ", \"snapshot_open_orders\": " << snapshot.recovery.open_orders
      << ", \"snapshot_seconds\": " << snapshot.recovery.seconds
      << ", \"snapshot_take_seconds\": " << snapshot.take_seconds
      << ", \"snapshot_bytes\": " << snapshot.bytes << "}\n";
}

}  // namespace
}  // namespace outcry::bench

int main(int argc, char** argv) {
  using namespace outcry::bench;
  Options options = parse(argc, argv);
  if (!options.valid) {
    std::cerr
        << "usage: recovery_bench [--passes N] [--orders N] [--directory DIR] [--json FILE]\n";
    return 64;
  }
  std::string directory = options.directory + "/recovery-bench-XXXXXX";
  if (::mkdtemp(directory.data()) == nullptr)
    die("cannot make a directory in " + options.directory);
  options.directory = directory;
  const Recovery journal = from_journal(options);
  const SnapshotRecovery snapshot = from_snapshot(options);
  std::filesystem::remove_all(directory);
  print(journal, snapshot);
  if (!options.json.empty()) {
    std::ofstream json(options.json);
    print_json(journal, snapshot, json);
  }
  return 0;
}
