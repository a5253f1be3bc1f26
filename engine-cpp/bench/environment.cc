#include "environment.h"

#include <cstdlib>
#include <fstream>
#include <thread>

namespace outcry::bench {
namespace {

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const auto colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

}  // namespace

Environment environment() {
  double load = 0;
  if (getloadavg(&load, 1) != 1) load = -1;
  return {processor(), std::thread::hardware_concurrency(), load, __VERSION__};
}

}  // namespace outcry::bench
