// What engine_bench measures, one function a subject.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace outcry::bench {

struct EngineCase {
  std::string name;
  double figure = 0;
  std::string unit;
};

// The common flow, without and with a client order id on every order.
std::vector<EngineCase> run_engine_flow(int passes);
// So many resting orders: their memory; hashing, saving and loading the state.
std::vector<EngineCase> run_many_orders(std::size_t orders);
// Waiting stops that trigger each other, and trailing stops that follow a rising price.
std::vector<EngineCase> run_stops(std::size_t orders);

}  // namespace outcry::bench
