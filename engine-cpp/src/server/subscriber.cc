#include "server/subscriber.h"

#include <utility>

namespace outcry {

Subscriber::Subscriber(grpc::CallbackServerContext& context, Sequence after_sequence,
                       std::function<void()> wake)
    : context_(context),
      wake_(std::move(wake)),
      position_(after_sequence),
      sent_at_(std::chrono::steady_clock::now()) {}

void Subscriber::send(grpc::ByteBuffer message, Sequence last_sequence, SteadyTime now) {
  message_ = std::move(message);
  position_ = last_sequence;
  sent_at_ = now;
  writing_ = true;
  StartWrite(&message_);
}

void Subscriber::end(const grpc::Status& status, SteadyTime cut_before) {
  if (finished_) return;
  if (!writing_) {
    finished_ = true;
    Finish(status);
  } else if (sent_at_ < cut_before) {
    context_.TryCancel();
  }
}

void Subscriber::settle() {
  if (!broken_ || writing_ || finished_) return;
  finished_ = true;
  Finish(grpc::Status::CANCELLED);
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
  // The last thing that touches it, so waking comes first.
  wake_();
  done_ = true;
}

}  // namespace outcry
