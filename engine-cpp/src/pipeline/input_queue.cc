#include "pipeline/input_queue.h"

#include <iterator>
#include <utility>

namespace outcry {
namespace {

// Enough for the batches under way; more are freed.
constexpr std::size_t kBlankBatches = 256;

bool is_cancel(const Request& request) {
  const Command* command = std::get_if<Command>(&request.body);
  return command != nullptr && (std::holds_alternative<CancelOrder>(*command) ||
                                std::holds_alternative<CancelAll>(*command));
}

}  // namespace

InputQueue::InputQueue(std::size_t capacity, std::size_t cancel_capacity)
    : capacity_(capacity), cancel_capacity_(cancel_capacity) {}

std::unique_ptr<Batch> InputQueue::blank() {
  const std::lock_guard lock(mutex_);
  if (blank_.empty()) return std::make_unique<Batch>();
  std::unique_ptr<Batch> batch = std::move(blank_.back());
  blank_.pop_back();
  return batch;
}

InputQueue::Refusal InputQueue::offer(std::unique_ptr<Batch> batch, std::vector<Request>& refused) {
  refused.clear();
  std::unique_lock lock(mutex_);
  if (closed_) {
    refused.swap(batch->requests);
    refused_ += refused.size();
    return Refusal::kClosed;
  }
  if (short_of_space_ || depth_ + batch->requests.size() > capacity_) refuse(*batch, refused);
  const bool short_of_space = short_of_space_;
  if (!batch->requests.empty()) {
    depth_ += batch->requests.size();
    waiting_.push_back(std::move(batch));
    if (std::exchange(taker_waits_, false)) {
      lock.unlock();
      arrived_.notify_one();
    }
  }
  if (refused.empty()) return Refusal::kNone;
  return short_of_space ? Refusal::kShortOfSpace : Refusal::kFull;
}

bool InputQueue::take(std::vector<std::unique_ptr<Batch>>& batches,
                      std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  for (std::unique_ptr<Batch>& batch : batches) {
    if (blank_.size() == kBlankBatches) break;
    batch->requests.clear();
    blank_.push_back(std::move(batch));
  }
  batches.clear();
  while (waiting_.empty() && !closed_) {
    taker_waits_ = true;
    if (arrived_.wait_until(lock, deadline) == std::cv_status::timeout) break;
  }
  taker_waits_ = false;
  batches.swap(waiting_);
  depth_ = 0;
  return !batches.empty() || !closed_;
}

void InputQueue::set_short_of_space(bool is_short) {
  const std::lock_guard lock(mutex_);
  short_of_space_ = is_short;
}

void InputQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  arrived_.notify_one();
}

std::size_t InputQueue::depth() const {
  const std::lock_guard lock(mutex_);
  return depth_;
}

bool InputQueue::short_of_space() const {
  const std::lock_guard lock(mutex_);
  return short_of_space_;
}

std::uint64_t InputQueue::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

// Moves out what there is no room for.
void InputQueue::refuse(Batch& batch, std::vector<Request>& refused) {
  std::size_t depth = depth_;
  std::vector<Request> kept;
  for (Request& request : batch.requests) {
    const bool fits = has_room(request, depth);
    depth += fits ? 1 : 0;
    (fits ? kept : refused).push_back(request);
  }
  batch.requests = std::move(kept);
  refused_ += refused.size();
}

bool InputQueue::has_room(const Request& request, std::size_t depth) const {
  if (is_cancel(request)) return depth < capacity_ + cancel_capacity_;
  if (short_of_space_ && std::holds_alternative<Command>(request.body)) return false;
  return depth < capacity_;
}

}  // namespace outcry
