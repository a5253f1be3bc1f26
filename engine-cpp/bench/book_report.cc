#include "book_report.h"

#include <iomanip>
#include <ostream>

namespace outcry::bench {
namespace {

constexpr double kMillion = 1e6;

void print_flow(const BookReport& report, std::ostream& out) {
  const FlowBenchResult& flow = report.flow;
  out << "The common flow: " << report.size.commands << " commands, " << report.passes
      << " passes\n"
      << "  outcome       " << flow.outcome << (flow.correct ? " (as expected)" : " (WRONG)")
      << '\n'
      << std::fixed << std::setprecision(1)  //
      << "  throughput    median " << flow.median / kMillion << ", best " << flow.best / kMillion
      << ", median by processor time " << flow.median_of_cpu_time / kMillion
      << " million commands/s\n"
      << std::setprecision(0)  //
      << "  one command   p50 " << flow.p50 << ", p90 " << flow.p90 << ", p99 " << flow.p99
      << ", p99.9 " << flow.p99_9 << ", max " << flow.max << " ns (of which " << flow.timer
      << " ns are the clock's)\n";
}

void print_scale(const std::vector<ScaleBenchResult>& scale, std::ostream& out) {
  out << '\n'
      << std::left << std::setw(52) << "Many orders" << std::right << std::setw(12) << "operations"
      << std::setw(10) << "ns each" << std::setw(14) << "bytes/order" << '\n';
  for (const ScaleBenchResult& row : scale) {
    out << std::left << std::setw(52) << "  " + row.name << std::right << std::fixed
        << std::setprecision(0) << std::setw(12) << row.operations << std::setw(10)
        << row.nanoseconds_each << std::setw(14);
    if (row.bytes_an_order > 0) {
      out << row.bytes_an_order;
    } else {
      out << "";
    }
    out << '\n';
  }
}

}  // namespace

void print_table(const BookReport& report, std::ostream& out) {
  const Environment& environment = report.environment;
  out << environment.processor << ", " << environment.cores << " cores, load "
      << std::setprecision(2) << environment.load << ", compiler " << environment.compiler
      << "\n\n";
  print_flow(report, out);
  if (!report.scale.empty()) print_scale(report.scale, out);
}

void print_json(const BookReport& report, std::ostream& out) {
  const FlowBenchResult& flow = report.flow;
  const FlowOutcome& outcome = flow.outcome;
  const Environment& environment = report.environment;
  out << std::fixed << std::setprecision(1) << "{\n  \"benchmark\": \"book\",\n"
      << "  \"flow\": {\"commands\": " << report.size.commands
      << ", \"resting\": " << report.size.resting << ", \"seed\": " << report.size.seed << "},\n"
      << "  \"passes\": " << report.passes << ",\n  \"correct\": " << std::boolalpha << flow.correct
      << ",\n  \"outcome\": {\"trades\": " << outcome.trades << ", \"traded\": " << outcome.traded
      << ", \"bids\": " << outcome.bids << ", \"bid_quantity\": " << outcome.bid_quantity
      << ", \"asks\": " << outcome.asks << ", \"ask_quantity\": " << outcome.ask_quantity
      << ", \"best_bid\": " << outcome.best_bid << ", \"best_ask\": " << outcome.best_ask << "},\n"
      << "  \"commands_per_second\": {\"median\": " << flow.median << ", \"best\": " << flow.best
      << ", \"median_of_cpu_time\": " << flow.median_of_cpu_time << "},\n"
      << "  \"latency_ns\": {\"timer\": " << flow.timer << ", \"p50\": " << flow.p50
      << ", \"p90\": " << flow.p90 << ", \"p99\": " << flow.p99 << ", \"p99_9\": " << flow.p99_9
      << ", \"max\": " << flow.max << "},\n  \"scale\": [";
  const char* separator = "";
  for (const ScaleBenchResult& row : report.scale) {
    out << separator << "\n    {\"name\": \"" << row.name
        << "\", \"operations\": " << row.operations
        << ", \"nanoseconds_each\": " << row.nanoseconds_each
        << ", \"bytes_an_order\": " << row.bytes_an_order << '}';
    separator = ",";
  }
  out << "\n  ],\n  \"environment\": {\"processor\": \"" << environment.processor
      << "\", \"cores\": " << environment.cores << ", \"load\": " << environment.load
      << ", \"compiler\": \"" << environment.compiler << "\"}\n}\n";
}

}  // namespace outcry::bench
