#include "server/outbox.h"

#include <variant>

#include "server/result_encoder.h"

namespace outcry {
namespace {

// Of what answers list, the largest have some 200 bytes: 2 MB where gRPC's clients take 4 by
// default. An answer that lists as many has a message of its own.
constexpr std::size_t kMostInMessage = kMostListed;

std::size_t listed_in(const Reply& reply) {
  if (const auto* canceled = std::get_if<CanceledReply>(&reply)) return canceled->orders.size();
  if (const auto* all = std::get_if<InstrumentsReply>(&reply)) return all->instruments.size();
  if (const auto* account = std::get_if<AccountReply>(&reply)) return account->symbols.size();
  return 0;
}

}  // namespace

void Outbox::add(const Answer& answer, std::span<const Fill> fills) {
  encode_result(answer, fills, add_result(1 + answer.fill_count + listed_in(answer.reply)));
}

void Outbox::add(std::uint64_t request_id, const Unfit& refusal) {
  encode_rejection(request_id, refusal.code, refusal.message, add_result(1));
}

engine::v1::ResultBatch& Outbox::take() {
  taken_.splice(taken_.end(), messages_, messages_.begin());
  if (messages_.empty()) begin_message();
  results_ -= static_cast<std::size_t>(taken().results_size());
  return taken();
}

void Outbox::sent() {
  taken_.front().batch.clear();
  taken_.front().listed = 0;
  blank_.splice(blank_.end(), taken_);
}

engine::v1::Result& Outbox::add_result(std::size_t listed) {
  if (messages_.back().listed != 0 && messages_.back().listed + listed > kMostInMessage)
    begin_message();
  messages_.back().listed += listed;
  ++results_;
  return *messages_.back().batch->add_results();
}

void Outbox::begin_message() {
  if (blank_.empty()) {
    messages_.emplace_back();
  } else {
    messages_.splice(messages_.end(), blank_, blank_.begin());
  }
}

}  // namespace outcry
