#pragma once

#include <cstddef>
#include <cstdint>

#include "outcry/types.h"

namespace outcry {

// What an engine is given when it is built. The group and the window are part of what it decides: a
// journal must be replayed with the values that it was written with.
struct EngineSettings {
  std::uint16_t engine_group = 0;  // upper 16 bits of every order and trade id
  Timestamp client_order_id_window = Timestamp{24} * 3'600 * 1'000'000'000;  // nanoseconds

  // Secret of the process, mixed into the hashes of texts that users choose; changes no result.
  std::uint64_t hash_seed = 0;

  // Room reserved when the engine is built; more is grown, amortized.
  std::size_t expected_accounts = 1'024;
  std::size_t expected_open_orders = 65'536;
  std::size_t expected_client_order_ids = 65'536;
};

}  // namespace outcry
