#include "flow_bench.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "flow_matcher.h"
#include "percentiles.h"
#include "stopwatch.h"
#include "ticks.h"

namespace outcry::bench {
namespace {

Elapsed run_pass(const Flow& flow, FlowMatcher& matcher) {
  const Stopwatch stopwatch;
  for (const FlowCommand& command : flow.commands)
    matcher.execute(command);
  return stopwatch.elapsed();
}

void measure_throughput(const Flow& flow, int passes, FlowBenchResult& result) {
  const auto commands = static_cast<double>(flow.commands.size());
  std::vector<double> by_wall;
  std::vector<double> by_cpu;
  result.correct = true;
  for (int pass = 0; pass < passes; ++pass) {
    const auto matcher = std::make_unique<FlowMatcher>();
    const Elapsed elapsed = run_pass(flow, *matcher);
    by_wall.push_back(commands / elapsed.wall_seconds);
    by_cpu.push_back(commands / elapsed.cpu_seconds);
    result.outcome = matcher->outcome();
    result.correct = result.correct && result.outcome == flow.outcome;
  }
  result.median = median(by_wall);
  result.best = *std::max_element(by_wall.begin(), by_wall.end());
  result.median_of_cpu_time = median(by_cpu);
}

void measure_latency(const Flow& flow, FlowBenchResult& result) {
  std::vector<Ticks> spans(flow.commands.size());
  const auto matcher = std::make_unique<FlowMatcher>();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const Ticks start = ticks();
    matcher->execute(flow.commands[i]);
    spans[i] = ticks() - start;
  }
  result.correct = result.correct && matcher->outcome() == flow.outcome;
  std::sort(spans.begin(), spans.end());

  std::vector<Ticks> empty(10'000);
  for (Ticks& span : empty) {
    const Ticks start = ticks();
    span = ticks() - start;
  }
  const double tick = nanoseconds_per_tick();
  const auto at = [&](double fraction) {
    return tick * static_cast<double>(percentile(spans, fraction));
  };
  result.timer = tick * static_cast<double>(median(empty));
  result.p50 = at(0.5);
  result.p90 = at(0.9);
  result.p99 = at(0.99);
  result.p99_9 = at(0.999);
  result.max = at(1);
}

}  // namespace

FlowBenchResult run_flow_bench(const Flow& flow, int passes) {
  FlowBenchResult result;
  measure_throughput(flow, passes, result);
  measure_latency(flow, result);
  return result;
}

}  // namespace outcry::bench
