#include "server/test_venue.h"

#include <algorithm>
#include <cstdlib>

namespace outcry {
namespace {

namespace pb = engine::v1;

// A connection for each client, on which no more than 64 KiB travel unread.
std::unique_ptr<pb::Engine::Stub> connect(
    int port, const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  return pb::Engine::NewStub(
      grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port), credentials, arguments));
}

pb::SubscribeRequest request_of(std::uint64_t after_sequence, std::int64_t after_time) {
  pb::SubscribeRequest request;
  request.set_after_sequence(after_sequence);
  request.set_after_time(after_time);
  return request;
}

std::string make_directory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "outcry-XXXXXX").string();
  return ::mkdtemp(pattern.data());
}

template <class T>
std::vector<T> take_front(std::vector<T>& from, std::size_t count) {
  const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(count, from.size()));
  std::vector<T> taken(from.begin(), end);
  from.erase(from.begin(), end);
  return taken;
}

}  // namespace

TestSession::TestSession(int port) : TestSession(port, grpc::InsecureChannelCredentials()) {}

TestSession::TestSession(int port, const std::shared_ptr<grpc::ChannelCredentials>& credentials)
    : stub_(connect(port, credentials)), stream_(stub_->Session(&context_)) {
  pb::ResultBatch first;
  if (stream_->Read(&first)) hello_ = first.hello();
}

TestSession::~TestSession() {
  if (finished_) return;
  context_.TryCancel();
  finish();
}

pb::Result TestSession::ask(pb::Command command) {
  pb::CommandBatch batch;
  command.set_request_id(next_request_id_++);
  *batch.add_commands() = command;
  send(batch);
  const std::vector<pb::Result> results = receive(1);
  return results.empty() ? pb::Result() : results[0];
}

void TestSession::send(const pb::CommandBatch& batch) {
  stream_->Write(batch);
}

std::vector<pb::Result> TestSession::receive(std::size_t count) {
  pb::ResultBatch batch;
  while (received_.size() < count && stream_->Read(&batch)) {
    received_.insert(received_.end(), batch.results().begin(), batch.results().end());
  }
  return take_front(received_, count);
}

pb::ResultBatch TestSession::heartbeat() {
  pb::ResultBatch batch;
  stream_->Read(&batch);
  return batch;
}

grpc::Status TestSession::finish() {
  finished_ = true;
  stream_->WritesDone();
  pb::ResultBatch batch;
  while (stream_->Read(&batch)) {
    received_.insert(received_.end(), batch.results().begin(), batch.results().end());
  }
  return stream_->Finish();
}

TestSubscription::TestSubscription(int port, std::uint64_t after_sequence, std::int64_t after_time)
    : TestSubscription(port, request_of(after_sequence, after_time),
                       grpc::InsecureChannelCredentials()) {}

TestSubscription::TestSubscription(int port, std::uint64_t after_sequence,
                                   const std::shared_ptr<grpc::ChannelCredentials>& credentials)
    : TestSubscription(port, request_of(after_sequence, 0), credentials) {}

TestSubscription::TestSubscription(int port, const pb::SubscribeRequest& request,
                                   const std::shared_ptr<grpc::ChannelCredentials>& credentials)
    : stub_(connect(port, credentials)), stream_(stub_->Subscribe(&context_, request)) {}

TestSubscription::~TestSubscription() {
  if (!finished_) finish();
}

std::vector<pb::Event> TestSubscription::receive(std::size_t count) {
  pb::EventBatch batch;
  while (received_.size() < count && !ended_) {
    ended_ = !stream_->Read(&batch);
    if (ended_) break;
    largest_message_ = std::max(largest_message_, batch.ByteSizeLong());
    received_.insert(received_.end(), batch.events().begin(), batch.events().end());
  }
  return take_front(received_, count);
}

void TestSubscription::read_messages(int count) {
  pb::EventBatch batch;
  for (; count > 0 && !ended_; --count)
    ended_ = !stream_->Read(&batch);
}

grpc::Status TestSubscription::finish() {
  finished_ = true;
  if (!ended_) context_.TryCancel();
  return stream_->Finish();
}

TestVenue::TestVenue() {
  settings_.data_directory = make_directory();
  settings_.listen = "127.0.0.1:0";
  settings_.segment_bytes = std::uint64_t{1} << 19;
  // Test clients send no heartbeats.
  settings_.session.silence = std::chrono::minutes(10);
}

TestVenue::~TestVenue() {
  stop();
  std::filesystem::remove_all(settings_.data_directory);
}

void TestVenue::start(Start start) {
  server_ = std::make_unique<EngineServer>(settings_, start);
}

void TestVenue::stop() {
  server_.reset();
}

pb::Command define_instrument(const std::string& symbol) {
  pb::Command command;
  pb::Instrument& instrument = *command.mutable_define_instrument()->mutable_instrument();
  instrument.set_symbol(symbol);
  instrument.set_currency("USD");
  instrument.set_price_scale(2);
  instrument.set_cash_scale(2);
  instrument.set_tick(1);
  instrument.set_lot(1);
  instrument.set_max_quantity(1'000'000);
  instrument.set_status(pb::OPEN);
  return command;
}

pb::Command open_account(std::uint64_t account_id, std::int64_t cash) {
  pb::Command command;
  command.mutable_open_account()->set_account_id(account_id);
  command.mutable_open_account()->set_currency("USD");
  command.mutable_open_account()->set_cash(cash);
  return command;
}

pb::Command deposit_position(std::uint64_t account_id, const std::string& symbol,
                             std::int64_t quantity) {
  pb::Command command;
  command.mutable_adjust_position()->set_account_id(account_id);
  command.mutable_adjust_position()->set_symbol(symbol);
  command.mutable_adjust_position()->set_quantity(quantity);
  command.mutable_adjust_position()->set_reference("deposit-" + symbol);
  return command;
}

pb::Command limit_order(std::uint64_t account_id, const std::string& symbol, pb::Side side,
                        std::int64_t quantity, std::int64_t price,
                        const std::string& client_order_id) {
  pb::Command command;
  pb::PlaceOrder& order = *command.mutable_place_order();
  order.set_account_id(account_id);
  order.set_symbol(symbol);
  order.set_side(side);
  order.set_type(pb::LIMIT);
  order.set_quantity(quantity);
  order.set_price(price);
  order.set_client_order_id(client_order_id);
  return command;
}

pb::Command get_account(std::uint64_t account_id) {
  pb::Command command;
  command.mutable_get_account()->set_account_id(account_id);
  return command;
}

}  // namespace outcry
