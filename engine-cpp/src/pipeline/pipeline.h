// The way of a command through the engine:
//
//   sessions ─> InputQueue ─> sequencer thread ─> GroupExchange ─> committer thread ─> sessions,
//   feed
//                             (Sequencer, Engine)                  (Committer, JournalWriter)
//
// A command that finds it idle goes all the way on the thread that brings it: two wake-ups less.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>

#include "engine/engine.h"
#include "pipeline/committer.h"
#include "pipeline/group_exchange.h"
#include "pipeline/input_queue.h"
#include "pipeline/metrics.h"
#include "pipeline/sequencer.h"

namespace outcry {

struct PipelineSettings {
  std::size_t queue_capacity = 65'536;             // requests that wait for the sequencer
  std::size_t cancel_capacity = 8'192;             // beyond them, for cancels
  std::size_t group_bytes = std::size_t{4} << 20;  // a group of that size is not added to
  std::chrono::microseconds commit_interval{0};    // under load, between two syncs' beginnings
};

// The two threads. Thread-safe. To offer little to its input may take as long as a sync does.
class Pipeline {
 public:
  using Clock = std::function<Timestamp()>;
  // Told what failed; must not return.
  using FailStop = std::function<void(const std::string& reason)>;

  // Begins at once. The engine is the sequencer's from here on, the writer the committer's, until
  // stop() has returned.
  Pipeline(const PipelineSettings& settings, Engine& engine, JournalWriter& writer,
           FrameListener& listener, Clock clock, FailStop fail_stop);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  InputQueue& input() { return input_; }
  const PipelineMetrics& metrics() const { return metrics_; }

  // Refuses what comes; what came before is executed, durable and answered when it returns.
  void stop();

 private:
  class Requests;

  void sequence();
  void commit();
  // noexcept: nobody may catch what a command throws, and go on.
  void handle(std::span<const std::unique_ptr<Batch>> batches) noexcept;
  std::size_t fill(Group& group, Requests& requests);
  void count(std::size_t requests, Timestamp nanoseconds);
  void commit(Group& group);
  void write(Group& group);

  const Clock clock_;
  const FailStop fail_stop_;
  PipelineMetrics metrics_;
  InputQueue input_;
  GroupExchange exchange_;
  Sequencer sequencer_;
  Committer committer_;
  std::thread sequencer_thread_;
  std::thread committer_thread_;
};

}  // namespace outcry
