#include "engine_flow.h"

#include <algorithm>

namespace outcry::bench {
namespace {

const Symbol kSymbol("AAPL");
const Currency kCurrency("USD");
constexpr Cash kCash = 1'000'000'000'000'000;
constexpr Quantity kShortLimit = 1'000'000'000'000;

std::uint32_t accounts_in(const Flow& flow) {
  std::uint32_t most = 0;
  for (const FlowCommand& command : flow.commands)
    most = std::max(most, command.account);
  return most + 1;
}

// Account 0 is the house.
AccountId account_of(std::uint32_t account) {
  return AccountId{account} + 1;
}

Command command_of(const FlowCommand& command, std::uint64_t orders_before) {
  const AccountId account = account_of(command.account);
  const OrderId order = orders_before + command.id;
  switch (command.kind) {
    case FlowCommand::Kind::kNew:
      return PlaceOrder{.account_id = account,
                        .symbol = kSymbol,
                        .side = command.side,
                        .time_in_force = command.time_in_force,
                        .quantity = command.quantity,
                        .price = command.price,
                        .client_order_id = {}};
    case FlowCommand::Kind::kCancel:
      return CancelOrder{.account_id = account, .order_id = order};
    case FlowCommand::Kind::kMove:
      break;
  }
  return ReplaceOrder{.account_id = account, .order_id = order, .price = command.price};
}

Command ending_of(std::uint64_t account) {
  return CancelAll{.account_id = account_of(static_cast<std::uint32_t>(account)), .symbol = {}};
}

}  // namespace

std::vector<Command> engine_setup(const Flow& flow) {
  const std::uint32_t accounts = accounts_in(flow);
  InstrumentTerms terms;
  terms.symbol = kSymbol;
  terms.currency = kCurrency;
  terms.price_scale = 2;
  terms.cash_scale = 2;
  terms.max_quantity = 1'000'000;
  std::vector<Command> commands{DefineInstrument{terms}};
  for (std::uint32_t account = 0; account < accounts; ++account) {
    commands.emplace_back(OpenAccount{.account_id = account_of(account),
                                      .currency = kCurrency,
                                      .cash = kCash,
                                      .short_limit = kShortLimit});
  }
  return commands;
}

std::vector<Command> engine_flow(const Flow& flow, std::uint64_t orders_before) {
  std::vector<Command> commands;
  const std::uint32_t accounts = accounts_in(flow);
  commands.reserve(flow.commands.size() + accounts);
  for (const FlowCommand& command : flow.commands)
    commands.push_back(command_of(command, orders_before));
  for (std::uint32_t account = 0; account < accounts; ++account)
    commands.push_back(ending_of(account));
  return commands;
}

std::uint64_t orders_in(const Flow& flow) {
  return static_cast<std::uint64_t>(
      std::ranges::count(flow.commands, FlowCommand::Kind::kNew, &FlowCommand::kind));
}

EndlessFlow::EndlessFlow(const Flow& flow)
    : flow_(flow), orders_(orders_in(flow)), accounts_(accounts_in(flow)) {}

Command EndlessFlow::next() {
  const std::size_t at = at_++;
  if (at < flow_.commands.size()) return command_of(flow_.commands[at], orders_before_);
  const std::size_t ending = at - flow_.commands.size();
  if (ending + 1 == accounts_) {
    at_ = 0;
    orders_before_ += orders_;
  }
  return ending_of(ending);
}

}  // namespace outcry::bench
