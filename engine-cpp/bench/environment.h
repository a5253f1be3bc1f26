// What a figure was measured on: without it a figure says nothing.
#pragma once

#include <string>

namespace outcry::bench {

struct Environment {
  std::string processor;
  unsigned cores = 0;
  double load = 0;  // runnable threads on the machine, the last minute's average
  std::string compiler;
};

Environment environment();

}  // namespace outcry::bench
