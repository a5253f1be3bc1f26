// A client of a pipeline in the same process, that keeps at most a window of requests unanswered.
// One thread sends; the pipeline's committer delivers.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "engine_flow.h"
#include "outcry/command.h"
#include "pipeline/answer.h"
#include "pipeline/input_queue.h"

namespace outcry::bench {

class PipelineClient final : public Recipient {
 public:
  static constexpr std::size_t kBatch = 256;

  PipelineClient(InputQueue& input, std::size_t window) : input_(input), window_(window) {}

  void send(std::span<const Command> commands);
  // That many of the flow.
  void send_from(EndlessFlow& flow, std::size_t count);
  void wait_until_answered() { wait_for_room(0); }

  std::uint64_t groups() const { return groups_; }
  std::uint64_t rejections() const { return rejections_; }

  void deliver(std::span<const Answer> answers, std::span<const Fill> fills) override;
  void flush(Sequence durable_sequence) override;

 private:
  std::unique_ptr<Batch> begin_batch(std::size_t count);
  void offer(std::unique_ptr<Batch> batch);
  void wait_for_room(std::size_t unanswered);

  InputQueue& input_;
  const std::size_t window_;
  std::vector<Request> refused_;
  std::uint64_t sent_ = 0;
  std::uint64_t groups_ = 0;  // the committer's, like the next
  std::uint64_t rejections_ = 0;

  std::mutex mutex_;
  std::condition_variable answered_some_;
  std::uint64_t answered_ = 0;  // guarded by mutex_
};

}  // namespace outcry::bench
