#pragma once

#include <cstddef>
#include <string>

#include "outcry/types.h"
#include "pipeline/metrics.h"

namespace outcry {

// What is not counted but read at the moment.
struct Gauges {
  Sequence durable_sequence = 0;
  std::size_t queue_depth = 0;
  std::uint64_t refused = 0;  // a count, kept by the service
  bool short_of_space = false;
  std::uint64_t disk_free_bytes = 0;
  std::uint64_t snapshots = 0;
  std::size_t sessions = 0;
  std::size_t subscribers = 0;
  std::uint64_t subscriber_lag = 0;  // durable events that the slowest has not been sent
};

// In the text format that Prometheus reads.
std::string metrics_text(const PipelineMetrics& metrics, const Gauges& gauges);

}  // namespace outcry
