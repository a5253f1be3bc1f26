// Benchmarks the deterministic core alone, accounts, checks and matching but no journal:
// engine_bench [--passes N] [--orders N] [--json FILE].
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "engine_cases.h"
#include "environment.h"

namespace outcry::bench {
namespace {

constexpr int kUsageError = 64;
constexpr int kCannotWrite = 73;

struct Options {
  int passes = 5;
  std::size_t orders = 1'000'000;
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
    } else if (name == "--json") {
      options.json = value;
    } else {
      options.valid = false;
    }
  }
  options.valid = options.valid && options.passes > 0 && options.orders > 0;
  return options;
}

void print_table(const std::vector<EngineCase>& cases, const Environment& machine) {
  std::cout << machine.processor << ", " << machine.cores << " cores, load " << machine.load << ", "
            << machine.compiler << "\n\n";
  for (const EngineCase& one : cases)
    std::cout << one.figure << " " << one.unit << "  " << one.name << "\n";
}

void print_json(const std::vector<EngineCase>& cases, const Environment& machine,
                std::ostream& out) {
  out << "{\"processor\": \"" << machine.processor << "\", \"cores\": " << machine.cores
      << ", \"load\": " << machine.load << ", \"cases\": [";
  const char* separator = "";
  for (const EngineCase& one : cases) {
    out << separator << "\n  {\"name\": \"" << one.name << "\", \"figure\": " << one.figure
        << ", \"unit\": \"" << one.unit << "\"}";
    separator = ",";
  }
  out << "\n]}\n";
}

int run(const Options& options) {
  std::vector<EngineCase> cases = run_engine_flow(options.passes);
  for (auto* const run_more : {run_many_orders, run_stops}) {
    for (const EngineCase& one : run_more(options.orders))
      cases.push_back(one);
  }
  const Environment machine = environment();
  print_table(cases, machine);
  if (options.json.empty()) return 0;
  std::ofstream out(options.json);
  print_json(cases, machine, out);
  out.flush();
  return out ? 0 : kCannotWrite;
}

}  // namespace
}  // namespace outcry::bench

int main(int argc, char** argv) {
  const auto options = outcry::bench::parse(argc, argv);
  if (!options.valid) {
    std::cerr << "usage: engine_bench [--passes N] [--orders N] [--json FILE]\n";
    return outcry::bench::kUsageError;
  }
  return outcry::bench::run(options);
}
