// The book with many orders and many levels.
#pragma once

#include <string>
#include <vector>

namespace outcry::bench {

struct ScaleBenchResult {
  std::string name;
  double operations = 0;
  double nanoseconds_each = 0;  // of wall time
  double bytes_an_order = 0;    // 0: not what this case is about
};

// `orders` rest at most at a time; with none nothing is run.
std::vector<ScaleBenchResult> run_scale_bench(std::size_t orders);

}  // namespace outcry::bench
