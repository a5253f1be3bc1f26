// Benchmarks the book alone: book_bench [--passes N] [--orders N] [--json FILE] [--write-flow
// FILE]. Ends with 1 when a pass did not do what a correct book does.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "book_report.h"
#include "environment.h"
#include "flow.h"
#include "flow_bench.h"
#include "scale_bench.h"

namespace outcry::bench {
namespace {

constexpr int kUsageError = 64;
constexpr int kCannotWrite = 73;

// What independent engines agree that the flow of the default size does.
constexpr FlowOutcome kCommonOutcome{.trades = 290'053,
                                     .traded = 7'910'894,
                                     .bids = 265,
                                     .bid_quantity = 12'820,
                                     .asks = 235,
                                     .ask_quantity = 12'171,
                                     .best_bid = 99'967,
                                     .best_ask = 99'978};

struct Options {
  int passes = 12;
  std::size_t orders = 1'000'000;
  std::string json;
  std::string flow;
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
    } else if (name == "--json") {
      options.json = value;
    } else if (name == "--write-flow") {
      options.flow = value;
    } else {
      options.valid = false;
    }
  }
  options.valid = options.valid && options.passes > 0;
  return options;
}

bool write_to(const std::string& path, const auto& write) {
  std::ofstream out(path);
  write(out);
  out.flush();
  if (!out) std::cerr << "cannot write " << path << '\n';
  return static_cast<bool>(out);
}

int run(const Options& options) {
  const FlowSize size;
  const Flow flow = generate_flow(size);
  if (!options.flow.empty()) {
    const auto write = [&](std::ostream& out) { write_flow(flow.commands, out); };
    if (!write_to(options.flow, write)) return kCannotWrite;
  }
  BookReport report{size, options.passes, run_flow_bench(flow, options.passes),
                    run_scale_bench(options.orders), environment()};
  report.flow.correct = report.flow.correct && flow.outcome == kCommonOutcome;
  print_table(report, std::cout);
  if (!options.json.empty()) {
    const auto write = [&](std::ostream& out) { print_json(report, out); };
    if (!write_to(options.json, write)) return kCannotWrite;
  }
  if (report.flow.correct) return 0;
  std::cerr << "wrong: expected " << kCommonOutcome << '\n';
  return 1;
}

}  // namespace
}  // namespace outcry::bench

int main(int argc, char** argv) {
  const auto options = outcry::bench::parse(argc, argv);
  if (!options.valid) {
    std::cerr << "usage: book_bench [--passes N] [--orders N] [--json FILE] [--write-flow FILE]\n";
    return outcry::bench::kUsageError;
  }
  return outcry::bench::run(options);
}
