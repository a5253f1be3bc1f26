#pragma once

#include <iosfwd>
#include <vector>

#include "environment.h"
#include "flow.h"
#include "flow_bench.h"
#include "scale_bench.h"

namespace outcry::bench {

struct BookReport {
  FlowSize size;
  int passes = 0;
  FlowBenchResult flow;
  std::vector<ScaleBenchResult> scale;
  Environment environment;
};

void print_table(const BookReport& report, std::ostream& out);
void print_json(const BookReport& report, std::ostream& out);

}  // namespace outcry::bench
