#include "server/subscriber.h"

namespace outcry {

Subscriber::Subscriber(grpc::CallbackServerContext& context, Sequence after_sequence,
                       Timestamp after_time, std::function<void()> wake)
    : context_(context),
      wake_(std::move(wake)),
      position_(after_sequence),
      after_time_(after_time),
      sent_at_(std::chrono::steady_clock::now()) {}

bool Subscriber::over() const {
  const std::lock_guard lock(mutex_);
  return done_;
}

void Subscriber::send(grpc::ByteBuffer message, Sequence last_sequence, SteadyTime now) {
  message_ = std::move(message);
  position_ = last_sequence;
  sent_at_ = now;
  writing_ = true;
  StartWrite(&message_);
}

void Subscriber::end(const grpc::Status& status, SteadyTime now) {
  if (ended_) return;
  ended_ = true;
  sent_at_ = now;
  Finish(status);
}

void Subscriber::settle(SteadyTime now) {
  if (broken_) end(grpc::Status::CANCELLED, now);
}

void Subscriber::cut() {
  const std::lock_guard lock(mutex_);
  if (!done_) context_.TryCancel();
}

void Subscriber::OnWriteDone(bool ok) {
  if (!ok) broken_ = true;
  writing_ = false;
  wake_();
}

void Subscriber::OnCancel() {
  broken_ = true;
  wake_();
}

void Subscriber::OnDone() {
  // The feed may forget it at once, so this comes last.
  wake_();
  const std::lock_guard lock(mutex_);
  done_ = true;
}

}  // namespace outcry
