// Commands and events of every type with values drawn at random, for tests.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "journal/entry.h"

namespace outcry {

class RandomEntries {
 public:
  explicit RandomEntries(std::uint64_t seed) : random_(seed) {}

  Command command();
  Event event();
  // With one to five events.
  Entry entry();

  std::uint64_t number() { return random_(); }

 private:
  std::mt19937_64 random_;
};

}  // namespace outcry
