#include "grpc_client.h"

#include <algorithm>
#include <iostream>

namespace outcry::bench {
namespace {

namespace pb = engine::v1;

void encode(const Command& command, pb::Command& message) {
  if (const auto* place = std::get_if<PlaceOrder>(&command)) {
    pb::PlaceOrder& order = *message.mutable_place_order();
    order.set_account_id(place->account_id);
    order.set_symbol(place->symbol.view().data(), place->symbol.view().size());
    order.set_side(static_cast<pb::Side>(place->side));
    order.set_type(static_cast<pb::OrderType>(place->type));
    order.set_time_in_force(static_cast<pb::TimeInForce>(place->time_in_force));
    order.set_quantity(place->quantity);
    order.set_price(place->price);
  } else if (const auto* cancel = std::get_if<CancelOrder>(&command)) {
    message.mutable_cancel_order()->set_account_id(cancel->account_id);
    message.mutable_cancel_order()->set_order_id(cancel->order_id);
  } else if (const auto* replace = std::get_if<ReplaceOrder>(&command)) {
    message.mutable_replace_order()->set_account_id(replace->account_id);
    message.mutable_replace_order()->set_order_id(replace->order_id);
    message.mutable_replace_order()->set_price(replace->price);
  } else if (const auto* all = std::get_if<CancelAll>(&command)) {
    message.mutable_cancel_all()->set_account_id(all->account_id);
  } else if (const auto* define = std::get_if<DefineInstrument>(&command)) {
    pb::Instrument& instrument = *message.mutable_define_instrument()->mutable_instrument();
    instrument.set_symbol(std::string(define->terms.symbol.view()));
    instrument.set_currency(std::string(define->terms.currency.view()));
    instrument.set_price_scale(define->terms.price_scale);
    instrument.set_cash_scale(define->terms.cash_scale);
    instrument.set_tick(define->terms.tick);
    instrument.set_lot(define->terms.lot);
    instrument.set_max_quantity(define->terms.max_quantity);
    instrument.set_status(pb::OPEN);
  } else if (const auto* open = std::get_if<OpenAccount>(&command)) {
    pb::OpenAccount& account = *message.mutable_open_account();
    account.set_account_id(open->account_id);
    account.set_currency(std::string(open->currency.view()));
    account.set_cash(open->cash);
    account.set_short_limit(open->short_limit);
  }
}

}  // namespace

GrpcClient::GrpcClient(const std::string& address, std::size_t batch, std::size_t window)
    : batch_size_(batch), window_(window) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(64 << 20);
  stub_ = pb::Engine::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  stub_->async()->Session(&context_, this);
  incoming_ = google::protobuf::Arena::CreateMessage<pb::ResultBatch>(&incoming_arena_);
  AddHold();
  StartRead(incoming_);
  StartCall();
}

GrpcClient::~GrpcClient() {
  StartWritesDone();
  RemoveHold();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return done_; });
}

void GrpcClient::run(std::span<const Command> commands) {
  std::unique_lock lock(mutex_);
  rest_ = commands;
  if (prepare_batch()) {
    lock.unlock();
    StartWrite(outgoing_);
    lock.lock();
  }
  changed_.wait(lock, [this] { return done_ || (rest_.empty() && unanswered_ == 0); });
}

void GrpcClient::OnReadDone(bool ok) {
  if (!ok) return;
  const auto now = std::chrono::steady_clock::now();
  ++result_batches_;
  const std::size_t results = static_cast<std::size_t>(incoming_->results_size());
  for (const pb::Result& result : incoming_->results()) {
    if (result.has_rejection()) {
      ++rejections_;
      if (result.rejection().code() == pb::RESOURCE_EXHAUSTED) {
        std::cerr << "refused: " << result.rejection().message() << '\n';
        std::abort();
      }
    }
  }
  incoming_arena_.Reset();
  incoming_ = google::protobuf::Arena::CreateMessage<pb::ResultBatch>(&incoming_arena_);
  StartRead(incoming_);
  std::unique_lock lock(mutex_);
  unanswered_ -= results;
  if (results != 0) answered_at_ = now;
  const bool write = prepare_batch();
  if (rest_.empty() && unanswered_ == 0) changed_.notify_one();
  lock.unlock();
  if (write) StartWrite(outgoing_);
}

void GrpcClient::OnWriteDone(bool ok) {
  std::unique_lock lock(mutex_);
  writing_ = false;
  const bool write = ok && prepare_batch();
  lock.unlock();
  if (write) StartWrite(outgoing_);
}

void GrpcClient::OnDone(const grpc::Status& status) {
  if (!status.ok()) std::cerr << "session ended: " << status.error_message() << '\n';
  const std::lock_guard lock(mutex_);
  done_ = true;
  changed_.notify_one();
}

bool GrpcClient::prepare_batch() {
  if (writing_ || rest_.empty() || unanswered_ >= window_) return false;
  const std::size_t count = std::min({batch_size_, rest_.size(), window_ - unanswered_});
  outgoing_arena_.Reset();
  outgoing_ = google::protobuf::Arena::CreateMessage<pb::CommandBatch>(&outgoing_arena_);
  for (const Command& command : rest_.first(count)) {
    pb::Command& message = *outgoing_->add_commands();
    message.set_request_id(1);
    encode(command, message);
  }
  rest_ = rest_.subspan(count);
  unanswered_ += count;
  writing_ = true;
  return true;
}

}  // namespace outcry::bench
