#include "pipeline/input_queue.h"

#include <algorithm>
#include <utility>

#include "outcry/assert.h"
#include "pipeline/answer.h"

namespace outcry {
namespace {

// Enough for the batches under way; more are freed.
constexpr std::size_t kBlankBatches = 256;
// Requests that a producer may handle himself. More are worth a wake-up, and he has more to read.
constexpr std::size_t kLittle = 4;

bool is_cancel(const Request& request) {
  const Command* command = std::get_if<Command>(&request.body);
  return command != nullptr && (std::holds_alternative<CancelOrder>(*command) ||
                                std::holds_alternative<CancelAll>(*command));
}

// A cancel of all orders is not of this kind: it would miss those that wait.
bool cancels_one(const Request& request) {
  const Command* command = std::get_if<Command>(&request.body);
  return command != nullptr && std::holds_alternative<CancelOrder>(*command);
}

}  // namespace

InputQueue::InputQueue(std::size_t capacity, std::size_t cancel_capacity, Handler handler)
    : capacity_(capacity), cancel_capacity_(cancel_capacity), handler_(std::move(handler)) {}

std::unique_ptr<Batch> InputQueue::blank() {
  const std::lock_guard lock(mutex_);
  return blank_locked();
}

std::unique_ptr<Batch> InputQueue::blank_locked() {
  if (blank_.empty()) return std::make_unique<Batch>();
  std::unique_ptr<Batch> batch = std::move(blank_.back());
  blank_.pop_back();
  return batch;
}

InputQueue::Placed InputQueue::place(std::unique_ptr<Batch> batch, std::vector<Request>& refused) {
  refused.clear();
  std::unique_lock lock(mutex_);
  if (closed_) {
    refused.swap(batch->requests);
    return {Refusal::kClosed, false};
  }
  if (short_of_space_ || depth_ + batch->requests.size() > capacity_) refuse(*batch, refused);
  const Refusal refusal = refused.empty()   ? Refusal::kNone
                          : short_of_space_ ? Refusal::kShortOfSpace
                                            : Refusal::kFull;
  if (batch->requests.empty()) return {refusal, false};
  queue(std::move(batch));
  if (handler_ && !taker_handles_ && !producer_handles_ && depth_ <= kLittle) {
    producer_handles_ = true;
    hand_out(here_);
    return {refusal, true};
  }
  wake_taker(lock);
  return {refusal, false};
}

void InputQueue::queue(std::unique_ptr<Batch> batch) {
  const bool overloaded = depth_ >= kAtOnce;
  depth_ += batch->requests.size();
  if (overloaded) bring_forward(batch);
  if (batch == nullptr) return;
  batch->recipient->last_queued_ = ++queued_;
  waiting_.push_back(std::move(batch));
}

// The cancels of one order at the batch's beginning, unless they would pass what was sent before
// them. Null when that is all of it.
void InputQueue::bring_forward(std::unique_ptr<Batch>& batch) {
  if (batch->recipient->last_queued_ > queued_ - waiting_.size()) return;
  std::vector<Request>& requests = batch->requests;
  const auto rest = std::ranges::find_if_not(requests, cancels_one);
  if (rest == requests.begin()) return;
  if (rest == requests.end()) {
    ahead_.push_back(std::move(batch));
    return;
  }
  std::unique_ptr<Batch> cancels = blank_locked();
  cancels->recipient = batch->recipient;
  cancels->requests.assign(requests.begin(), rest);
  requests.erase(requests.begin(), rest);
  ahead_.push_back(std::move(cancels));
}

void InputQueue::handle_here() {
  handler_(here_);
  std::unique_lock lock(mutex_);
  hand_back(here_);
  producer_handles_ = false;
  wake_taker(lock);
}

InputQueue::Refusal InputQueue::offer(std::unique_ptr<Batch> batch, std::vector<Request>& refused) {
  const Placed placed = place(std::move(batch), refused);
  if (placed.stays) handle_here();
  return placed.refusal;
}

void InputQueue::wake_taker(std::unique_lock<std::mutex>& lock) {
  const bool wanted = !waiting_.empty() || closed_;
  if (!wanted || producer_handles_ || !std::exchange(taker_waits_, false)) return;
  lock.unlock();
  arrived_.notify_one();
}

bool InputQueue::take(std::vector<std::unique_ptr<Batch>>& batches,
                      std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  hand_back(batches);
  taker_handles_ = false;
  while (producer_handles_ || (waiting_.empty() && !closed_)) {
    taker_waits_ = true;
    if (arrived_.wait_for(lock, patience) == std::cv_status::timeout && !producer_handles_) break;
  }
  taker_waits_ = false;
  taker_handles_ = true;
  hand_out(batches);
  return !batches.empty() || !closed_;
}

void InputQueue::hand_out(std::vector<std::unique_ptr<Batch>>& batches) {
  if (depth_ <= kAtOnce) {
    OUTCRY_ASSERT(ahead_.empty());
    batches.swap(waiting_);
    depth_ = 0;
    return;
  }
  batches.swap(ahead_);
  for (const std::unique_ptr<Batch>& cancels : batches)
    depth_ -= cancels->requests.size();
  // So many at least, lest cancels without end keep all else waiting.
  std::size_t count = 0;
  auto next = waiting_.begin();
  for (; next != waiting_.end() && count < kAtOnce; ++next) {
    count += (*next)->requests.size();
    batches.push_back(std::move(*next));
  }
  waiting_.erase(waiting_.begin(), next);
  depth_ -= count;
}

void InputQueue::hand_back(std::vector<std::unique_ptr<Batch>>& batches) {
  for (std::unique_ptr<Batch>& batch : batches) {
    if (blank_.size() == kBlankBatches) break;
    batch->requests.clear();
    blank_.push_back(std::move(batch));
  }
  batches.clear();
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
}

bool InputQueue::has_room(const Request& request, std::size_t depth) const {
  if (is_cancel(request)) return depth < capacity_ + cancel_capacity_;
  if (short_of_space_ && std::holds_alternative<Command>(request.body)) return false;
  return depth < capacity_;
}

}  // namespace outcry
