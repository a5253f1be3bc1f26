// The book alone on the common flow.
#pragma once

#include "flow.h"

namespace outcry::bench {

struct FlowBenchResult {
  FlowOutcome outcome;   // of the last pass
  bool correct = false;  // every pass ended as it had to

  // Commands a second.
  double median = 0;
  double best = 0;
  double median_of_cpu_time = 0;

  // Of a single command, in nanoseconds, the reading of the clock included.
  double timer = 0;  // an empty command
  double p50 = 0;
  double p90 = 0;
  double p99 = 0;
  double p99_9 = 0;
  double max = 0;
};

// Throughput over `passes` passes, then the latencies of one more pass.
FlowBenchResult run_flow_bench(const Flow& flow, int passes);

}  // namespace outcry::bench
