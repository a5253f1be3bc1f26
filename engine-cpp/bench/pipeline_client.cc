#include "pipeline_client.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace outcry::bench {

void PipelineClient::send(std::span<const Command> commands) {
  for (std::size_t at = 0; at < commands.size(); at += kBatch) {
    const auto part = commands.subspan(at, std::min(kBatch, commands.size() - at));
    std::unique_ptr<Batch> batch = begin_batch(part.size());
    for (const Command& command : part)
      batch->requests.push_back({0, command});
    offer(std::move(batch));
  }
}

void PipelineClient::send_from(EndlessFlow& flow, std::size_t count) {
  std::unique_ptr<Batch> batch = begin_batch(count);
  for (std::size_t i = 0; i < count; ++i)
    batch->requests.push_back({0, flow.next()});
  offer(std::move(batch));
}

void PipelineClient::deliver(std::span<const Answer> answers, std::span<const Fill>) {
  for (const Answer& answer : answers)
    rejections_ += std::holds_alternative<Rejection>(answer.reply) ? 1 : 0;
  const std::lock_guard lock(mutex_);
  answered_ += answers.size();
}

void PipelineClient::flush(Sequence) {
  ++groups_;
  const std::lock_guard lock(mutex_);
  answered_some_.notify_one();
}

std::unique_ptr<Batch> PipelineClient::begin_batch(std::size_t count) {
  wait_for_room(window_ - count);
  std::unique_ptr<Batch> batch = input_.blank();
  batch->recipient = this;
  batch->requests.reserve(count);
  return batch;
}

void PipelineClient::offer(std::unique_ptr<Batch> batch) {
  sent_ += batch->requests.size();
  input_.offer(std::move(batch), refused_);
  if (!refused_.empty()) std::abort();
}

void PipelineClient::wait_for_room(std::size_t unanswered) {
  std::unique_lock lock(mutex_);
  answered_some_.wait(lock, [&] { return sent_ - answered_ <= unanswered; });
}

}  // namespace outcry::bench
