#include "pipeline/sequencer.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "book/prefetch.h"

namespace outcry {
namespace {

template <class... F>
struct Overload : F... {
  using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

// How many requests before its own each step of prefetching comes.
constexpr std::size_t kRequestAhead = 16;
constexpr std::size_t kEntriesAhead = 9;
constexpr std::size_t kObjectsAhead = 6;
constexpr std::size_t kNeighboursAhead = 3;

const Command* command_at(std::span<const Request> requests, std::size_t at) {
  return at < requests.size() ? std::get_if<Command>(&requests[at].body) : nullptr;
}

// The trades of one order, as fills of its owner; the first kMostListed of them.
void add_fills(const OrderResult& result, std::span<const Event> events, Sequence first_sequence,
               Timestamp time, Group& group, Answer& answer) {
  answer.first_fill = static_cast<std::uint32_t>(group.fills.size());
  const OrderId order_id = result.order.order_id;
  const std::size_t most = group.fills.size() + kMostListed;
  for (std::size_t i = 0; i < events.size() && group.fills.size() < most; ++i) {
    const Traded* trade = std::get_if<Traded>(&events[i]);
    if (trade == nullptr) continue;
    const bool taker = trade->taker_order_id == order_id;
    if (!taker && trade->maker_order_id != order_id) continue;
    group.fills.push_back({.trade_id = trade->trade_id,
                           .price = trade->price,
                           .quantity = trade->quantity,
                           .fee = taker ? trade->taker_fee : trade->maker_fee,
                           .liquidity = taker ? Liquidity::kTaker : Liquidity::kMaker,
                           .sequence = first_sequence + i,
                           .notional = trade->notional,
                           .time = time});
  }
  answer.fill_count = static_cast<std::uint32_t>(group.fills.size()) - answer.first_fill;
}

Reply account_reply(const Engine& engine, AccountId account_id) {
  std::optional<AccountState> account = engine.account(account_id);
  if (!account.has_value()) return Rejection{RejectCode::kUnknownAccount};
  AccountReply reply{*std::move(account), {}};
  for (const PositionState& position : reply.state.positions) {
    reply.symbols.push_back(engine.instrument(position.instrument).terms.symbol);
  }
  return reply;
}

Reply order_reply(const Engine& engine, const GetOrder& query) {
  const std::optional<OrderState> order =
      query.order_id != 0 ? engine.order(query.account_id, query.order_id)
                          : engine.order(query.account_id, query.client_order_id);
  if (!order.has_value()) return Rejection{RejectCode::kUnknownOrder};
  return OrderResult{*order};
}

Reply instruments_reply(const Engine& engine) {
  InstrumentsReply reply;
  for (std::size_t i = 0; i < engine.instrument_count(); ++i) {
    reply.instruments.push_back(engine.instrument(static_cast<InstrumentIndex>(i)));
  }
  return reply;
}

// The last event that touched what a command speaks of, when it caused none itself.
Sequence touched_sequence(const Engine& engine, const Command& command) {
  return std::visit(
      [&engine]<class T>(const T& body) {
        if constexpr (requires { body.account_id; }) {
          return engine.account_sequence(body.account_id);
        } else {
          return engine.last_sequence();
        }
      },
      command);
}

}  // namespace

Sequencer::Sequencer(Engine& engine) : engine_(engine), last_time_(engine.last_time()) {}

void Sequencer::set_clock(Timestamp now) {
  clock_ = now;
}

void Sequencer::begin(Group& group) const {
  if (group.frame.empty()) group.frame.begin(engine_.last_sequence() + 1);
}

void Sequencer::handle(const Request& request, Recipient& recipient, Group& group) {
  tick(group);
  std::visit([&](const auto& body) { answer(body, recipient, request.request_id, group); },
             request.body);
}

void Sequencer::prefetch(std::span<const Request> rest, const Group& group) const {
  group.prefetch();
  if (kRequestAhead < rest.size()) prefetch_lines(rest[kRequestAhead]);
  if (const Command* command = command_at(rest, kEntriesAhead)) engine_.prefetch_entries(*command);
  if (const Command* command = command_at(rest, kObjectsAhead)) engine_.prefetch_objects(*command);
  if (const Command* command = command_at(rest, kNeighboursAhead))
    engine_.prefetch_neighbours(*command);
}

void Sequencer::tick(Group& group) {
  // An expiry takes a moment of time itself, and more may be due at the next one.
  while (engine_.due(std::max(last_time_ + 1, clock_)))
    execute(Tick{}, group);
}

Timestamp Sequencer::next_time() {
  last_time_ = std::max(last_time_ + 1, clock_);
  return last_time_;
}

Outcome Sequencer::execute(const Command& command, Group& group) {
  events_.clear();
  const RejectCode refusal = engine_.refusal(command, std::max(last_time_ + 1, clock_));
  if (refusal != RejectCode::kNone) return Rejection{refusal};
  const Timestamp now = next_time();
  Outcome outcome = engine_.execute(command, now, events_);
  if (!events_.empty()) group.frame.append(command, now, events_);
  return outcome;
}

void Sequencer::answer(const Command& command, Recipient& recipient, std::uint64_t request_id,
                       Group& group) {
  const Outcome outcome = execute(command, group);
  Answer& answer = group.add_answer(recipient);
  answer.request_id = request_id;
  answer.sequence = events_.empty() ? touched_sequence(engine_, command) : engine_.last_sequence();
  if (const auto* result = std::get_if<OrderResult>(&outcome)) {
    add_fills(*result, events_, engine_.last_sequence() - events_.size() + 1, last_time_, group,
              answer);
    answer.reply.emplace<OrderResult>(*result);
  } else if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
    answer.reply = *rejection;
  } else if (std::holds_alternative<CancelAll>(command)) {
    const std::span<const OrderState> all = engine_.canceled();
    const std::span<const OrderState> canceled = all.first(std::min(all.size(), kMostListed));
    answer.reply = CanceledReply{{canceled.begin(), canceled.end()}};
  }
}

void Sequencer::answer(const Query& query, Recipient& recipient, std::uint64_t request_id,
                       Group& group) {
  Reply reply = std::visit(
      Overload{[this](const GetAccount& get) { return account_reply(engine_, get.account_id); },
               [this](const GetOrder& get) { return order_reply(engine_, get); },
               [this](const ListInstruments&) { return instruments_reply(engine_); },
               [this](const CheckOrder& check) {
                 return std::visit([](const auto& outcome) -> Reply { return outcome; },
                                   engine_.check(check.order, std::max(last_time_ + 1, clock_)));
               }},
      query);
  Answer& answer = group.add_answer(recipient);
  answer.request_id = request_id;
  answer.sequence = std::visit(
      Overload{[this](const ListInstruments&) { return engine_.last_sequence(); },
               [this](const CheckOrder& check) {
                 return engine_.account_sequence(check.order.account_id);
               },
               [this](const auto& get) { return engine_.account_sequence(get.account_id); }},
      query);
  answer.reply = std::move(reply);
}

}  // namespace outcry
