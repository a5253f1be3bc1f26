#include "server/session.h"

#include <algorithm>
#include <utility>

#include "server/request_decoder.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

Unfit to_rejection(InputQueue::Refusal refusal) {
  switch (refusal) {
    case InputQueue::Refusal::kShortOfSpace:
      return {RejectCode::kResourceExhausted,
              "the engine's disk is nearly full, it takes cancels alone; not executed"};
    case InputQueue::Refusal::kClosed:
      return {RejectCode::kUnavailable, "the engine is stopping; not executed"};
    case InputQueue::Refusal::kFull:
    case InputQueue::Refusal::kNone:
      break;
  }
  return {RejectCode::kResourceExhausted, "too many commands are waiting; not executed"};
}

const Unfit kBeyondWindow{RejectCode::kResourceExhausted,
                          "more commands unanswered than the window allows; not executed"};

// Each is answered, in sixty bytes and more, however short it is: a message of 16 MiB could hold
// eight million. Above every window, so no client that heeds its own comes near it.
constexpr int kMostInBatch = 65'536;

bool is_cancel(const pb::Command& command) {
  return command.has_cancel_order() || command.has_cancel_all();
}

}  // namespace

Session::Session(const SessionSettings& settings, InputQueue& input, CommandLog& log,
                 Sequence durable_sequence)
    : settings_(settings),
      input_(input),
      log_(log),
      number_(log.next_session()),
      durable_sequence_(durable_sequence),
      last_heard_(std::chrono::steady_clock::now()),
      last_sent_(last_heard_) {
  pb::Hello& hello = *outbox_.next().mutable_hello();
  hello.set_engine_group(settings.engine_group);
  hello.set_window(settings.window);
  Next next;
  {
    const std::lock_guard lock(mutex_);
    next = next_locked();
  }
  proceed(next);
  StartRead(&*incoming_);
}

void Session::keep_alive(SteadyTime now) {
  std::unique_lock lock(mutex_);
  if (reading_ && now - last_heard_ > settings_.silence) {
    silent_ = true;
    broken_ = true;
  }
  heartbeat_due_ = now - last_sent_ >= settings_.heartbeat;
  const Next next = next_locked();
  lock.unlock();
  proceed(next);
}

void Session::drain() {
  std::unique_lock lock(mutex_);
  draining_ = true;
  const Next next = next_locked();
  lock.unlock();
  proceed(next);
}

bool Session::over() const {
  const std::lock_guard lock(mutex_);
  return done_ && in_pipeline_ == 0;
}

void Session::deliver(std::span<const Answer> answers, std::span<const Fill> fills) {
  const std::lock_guard lock(mutex_);
  delivered_ += answers.size();
  if (broken_) return;
  for (const Answer& answer : answers)
    outbox_.add(answer, fills);
  if (!CommandLog::detailed()) return;
  for (const Answer& answer : answers)
    log_.answered(number_, answer);
}

void Session::flush(Sequence durable_sequence) {
  std::unique_lock lock(mutex_);
  durable_sequence_ = durable_sequence;
  in_pipeline_ -= std::exchange(delivered_, 0);
  const Next next = next_locked();
  lock.unlock();
  proceed(next);
}

void Session::OnReadDone(bool ok) noexcept {
  const bool stays = ok && fits() && take_commands();
  std::unique_lock lock(mutex_);
  reading_ = false;
  reads_over_ = !ok;
  const Next next = next_locked();
  const bool read = read_locked();
  lock.unlock();
  proceed(next);
  if (read) StartRead(&*incoming_);
  // Comes last: it takes as long as the disk does, and the next batch may be read meanwhile.
  if (stays) input_.handle_here();
}

void Session::OnWriteDone(bool ok) {
  std::unique_lock lock(mutex_);
  writing_ = false;
  outbox_.sent();
  if (!ok) broken_ = true;
  const Next next = next_locked();
  const bool read = read_locked();
  lock.unlock();
  proceed(next);
  if (read) StartRead(&*incoming_);
}

void Session::OnCancel() {
  std::unique_lock lock(mutex_);
  broken_ = true;
  const Next next = next_locked();
  lock.unlock();
  proceed(next);
}

void Session::OnDone() {
  const std::lock_guard lock(mutex_);
  done_ = true;
}

bool Session::fits() {
  if (incoming_->commands_size() <= kMostInBatch) return true;
  const std::lock_guard lock(mutex_);
  oversized_ = true;
  broken_ = true;
  return false;
}

bool Session::take_commands() {
  std::unique_ptr<Batch> batch = input_.blank();
  batch->recipient = this;
  const std::size_t count = static_cast<std::size_t>(incoming_->commands_size());
  const Room room = reserve(count);
  const bool detailed = CommandLog::detailed();
  std::size_t taken = 0;
  std::vector<std::pair<const pb::Command*, Unfit>> unfit;
  for (const pb::Command& command : incoming_->commands()) {
    if (taken >= (is_cancel(command) ? room.cancels : room.orders)) {
      unfit.emplace_back(&command, kBeyondWindow);
      continue;
    }
    Request& request = batch->requests.emplace_back();
    if (std::optional<Unfit> fault = decode_request(command, request)) {
      unfit.emplace_back(&command, *std::move(fault));
      batch->requests.pop_back();
    } else {
      ++taken;
      if (detailed) log_.took(number_, command);
    }
  }
  for (const auto& [command, fault] : unfit)
    log_.refused(number_, *command, fault);
  {
    const std::lock_guard lock(mutex_);
    in_pipeline_ -= room.cancels - taken;
    for (const auto& [command, fault] : unfit)
      outbox_.add(command->request_id(), fault);
    if (count != 0) last_trace_id_ = incoming_->commands().rbegin()->trace_id();
  }
  const bool stays = submit(std::move(batch));
  incoming_.clear();
  return stays;
}

// Counts as accepted what there may be room for; who takes less gives the rest back.
Session::Room Session::reserve(std::size_t wanted) {
  const std::lock_guard lock(mutex_);
  last_heard_ = std::chrono::steady_clock::now();
  const auto granted = [&](std::size_t window) {
    return std::min(wanted, window - std::min(in_pipeline_, window));
  };
  const Room room{granted(settings_.window), granted(settings_.cancel_window())};
  in_pipeline_ += room.cancels;
  return room;
}

bool Session::submit(std::unique_ptr<Batch> batch) {
  const InputQueue::Placed placed = input_.place(std::move(batch), refused_);
  if (placed.refusal == InputQueue::Refusal::kNone) return placed.stays;
  log_refused(placed.refusal);
  const Unfit rejection = to_rejection(placed.refusal);
  const std::lock_guard lock(mutex_);
  in_pipeline_ -= refused_.size();
  for (const Request& request : refused_)
    outbox_.add(request.request_id, rejection);
  return placed.stays;
}

// What was refused is among what came, in the same order.
void Session::log_refused(InputQueue::Refusal refusal) {
  const Unfit why = to_rejection(refusal);
  auto next = refused_.begin();
  for (const pb::Command& command : incoming_->commands()) {
    if (next == refused_.end()) return;
    if (command.request_id() != next->request_id) continue;
    log_.refused(number_, command, why);
    ++next;
  }
}

// Decides, with the mutex held, whether to read the next batch: not while the client leaves so many
// results unread that the stream must wait.
bool Session::read_locked() {
  const bool behind = writing_ && outbox_.results() > settings_.window;
  if (reading_ || reads_over_ || finished_ || behind) return false;
  reading_ = true;
  return true;
}

// Decides, with the mutex held; whoever was told to write or finish does it, and nobody else will.
Session::Next Session::next_locked() {
  if (writing_ || finished_) return Next::kNothing;
  const bool something = outbox_.results() != 0 || hello_due_ || heartbeat_due_;
  if (something && !broken_) {
    hello_due_ = false;
    heartbeat_due_ = false;
    outbox_.take().set_durable_sequence(durable_sequence_);
    last_sent_ = std::chrono::steady_clock::now();
    writing_ = true;
    return Next::kWrite;
  }
  const bool at_end = (reads_over_ || draining_) && in_pipeline_ == 0;
  if (!broken_ && !at_end) return Next::kNothing;
  finished_ = true;
  return Next::kFinish;
}

void Session::proceed(Next next) {
  switch (next) {
    case Next::kNothing:
      return;
    case Next::kWrite:
      StartWrite(&outbox_.taken());
      return;
    case Next::kFinish:
      end();
      return;
  }
}

// Logs with no mutex held: whoever reads the log may be slow.
void Session::end() {
  std::unique_lock lock(mutex_);
  const char* const why = silent_      ? "its client was silent for too long"
                          : oversized_ ? "its client sent too much at once"
                                       : "its client has gone";
  const bool ended_here = silent_ || oversized_;
  const std::size_t unanswered = in_pipeline_;
  const std::string last_trace_id = last_trace_id_;
  const grpc::Status status = end_status_locked();
  lock.unlock();
  if (ended_here || unanswered != 0) log_.broke_off(number_, why, unanswered, last_trace_id);
  Finish(status);
}

grpc::Status Session::end_status_locked() const {
  if (silent_) return {grpc::StatusCode::DEADLINE_EXCEEDED, "the client was silent for too long"};
  if (oversized_) {
    return {grpc::StatusCode::INVALID_ARGUMENT, "a batch may have at most " +
                                                    std::to_string(kMostInBatch) +
                                                    " commands; nothing of this one was executed"};
  }
  if (reads_over_) return grpc::Status::OK;
  return {grpc::StatusCode::UNAVAILABLE, "the engine is stopping"};
}

}  // namespace outcry
