// Seeded random streams through the engine and through the reference model: after every command
// every event, the answer, every balance, position and hold must be the same, all invariants hold
// and every sum be conserved; in rhythm the books and every open order are compared.
//
// OUTCRY_RANDOM_COMMANDS and OUTCRY_RANDOM_SEED replace the number of commands and the first seed;
// OUTCRY_RANDOM_VERBOSE prints how often each kind of event occurred.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "checked_engine.h"
#include "random_stream.h"
#include "reference/model.h"
#include "scenario/names.h"
#include "scenario/texts.h"

namespace outcry::test {
namespace {

constexpr std::size_t kCommandsOfOneStream = 50'000;
// By turns: few, that meet often, and many, which takes longer to compare.
constexpr RandomStream::Size kSizes[]{{12, 40}, {4, 12}, {3, 8}, {4, 12}, {4, 12}};
constexpr std::size_t kBooksEvery = 16;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

bool same(const OrderState& a, const OrderState& b) {
  return a.order_id == b.order_id && a.terms == b.terms && a.status == b.status &&
         a.cancel_reason == b.cancel_reason && a.filled_quantity == b.filled_quantity &&
         a.filled_notional == b.filled_notional && a.fees == b.fees &&
         a.created_at == b.created_at && a.updated_at == b.updated_at;
}

class Comparison {
 public:
  explicit Comparison(std::uint64_t seed)
      : stream_(seed, kSizes[seed % std::size(kSizes)]),
        engine_(EngineSettings{.expected_accounts = 16,
                               .expected_open_orders = 16,
                               .expected_client_order_ids = 16},
                CheckedEngine::Rhythm{
                    .hash_every = 256, .reload_every = 2'048, .invariants_every = 1}) {}

  void run(std::size_t commands) {
    for (const Command& command : stream_.opening())
      step(command);
    for (std::size_t i = 0; i < commands && !testing::Test::HasFailure(); ++i) {
      now_ += stream_.step();
      if (model_.due(now_)) step(Tick{});
      step(stream_.next());
    }
  }

  // Also for others than the stream's, about its first instruments.
  Outcome step(const Command& command) {
    ++now_;
    ++commands_;
    model_events_.clear();
    events_.clear();
    EXPECT_EQ(engine_.engine().due(now_), model_.due(now_));
    const reference::Answer expected = model_.execute(command, now_, model_events_);
    const Outcome outcome = engine_.execute(command, now_, events_);
    compare_events();
    compare_answer(outcome, expected);
    compare_accounts();
    if (commands_ % kBooksEvery == 0) compare_books();
    if (testing::Test::HasFailure())
      ADD_FAILURE() << "at command " << commands_ << ", index " << command.index();
    if (events_.empty() && std::holds_alternative<Rejection>(outcome))
      ++words_["refused " + std::to_string(command.index())];
    stream_.observe(command, events_);
    for (const Event& event : events_)
      count_words(event);
    return outcome;
  }

  // How often each word of the events occurred: kinds, codes, reasons.
  const std::map<std::string, std::size_t>& words() const { return words_; }

 private:
  void count_words(const Event& event) {
    ++words_["event " + std::to_string(event.index())];
    if (const auto* rejected = std::get_if<OrderRejected>(&event))
      ++words_["rejected " + text_of(rejected->code)];
    if (const auto* rejected = std::get_if<ReplaceRejected>(&event))
      ++words_["replace rejected " + text_of(rejected->code)];
    if (const auto* canceled = std::get_if<OrderCanceled>(&event))
      ++words_["canceled " + text_of(canceled->reason) + (canceled->remaining > 0 ? " part" : "")];
    if (const auto* replaced = std::get_if<OrderReplaced>(&event))
      ++words_[replaced->kept_priority ? "priority kept" : "priority lost"];
  }

  void compare_events() const {
    if (events_ == model_events_) return;
    const Names names;
    std::string text;
    for (const Event& event : events_)
      text += "\n  engine: " + text_of(event, names, engine_.engine());
    for (const Event& event : model_events_)
      text += "\n  model:  " + text_of(event, names, engine_.engine());
    ADD_FAILURE() << "events differ:" << text;
  }

  void compare_answer(const Outcome& outcome, const reference::Answer& expected) const {
    if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
      EXPECT_EQ(rejection->code, expected.code);
      return;
    }
    EXPECT_EQ(expected.code, RejectCode::kNone);
    const auto* result = std::get_if<OrderResult>(&outcome);
    EXPECT_EQ(result != nullptr, expected.order_id != 0);
    if (result == nullptr || expected.order_id == 0) return;
    EXPECT_EQ(result->duplicate, expected.duplicate);
    const OrderState state = model_.state_of(*model_.order(expected.order_id));
    EXPECT_TRUE(same(result->order, state)) << text_of(result->order) << "\n" << text_of(state);
  }

  void compare_accounts() const {
    const auto cash_holds = model_.cash_holds();
    const auto position_holds = model_.position_holds();
    for (const auto& [id, expected] : model_.accounts()) {
      const std::optional<AccountState> account = engine_.engine().account(id);
      ASSERT_TRUE(account.has_value());
      EXPECT_EQ(account->suspended, expected.suspended);
      EXPECT_EQ(account->short_limit, expected.short_limit);
      EXPECT_EQ(engine_.engine().account_sequence(id), expected.last_sequence);
      compare_cash(*account, expected, cash_holds);
      compare_positions(*account, expected, position_holds);
    }
  }

  static reference::Integer of(const reference::Model::Holds& holds, AccountId account,
                               const std::string& thing) {
    const auto it = holds.find({account, thing});
    return it == holds.end() ? 0 : it->second;
  }

  static std::int64_t of(const std::map<std::string, std::int64_t>& values,
                         const std::string& key) {
    const auto it = values.find(key);
    return it == values.end() ? 0 : it->second;
  }

  static void compare_cash(const AccountState& account, const reference::ModelAccount& expected,
                           const reference::Model::Holds& holds) {
    if (account.account_id != 0) {
      EXPECT_EQ(account.cash.size(), expected.cash.size());
    }
    for (const CashState& cash : account.cash) {
      const std::string currency(cash.currency.view());
      EXPECT_EQ(cash.cash, of(expected.cash, currency));
      EXPECT_EQ(cash.credit_limit, of(expected.credit, currency));
      EXPECT_TRUE(cash.held == of(holds, account.account_id, currency))
          << "held by " << account.account_id << ": " << cash.held;
    }
  }

  void compare_positions(const AccountState& account, const reference::ModelAccount& expected,
                         const reference::Model::Holds& holds) const {
    std::size_t occupied = 0;
    for (const auto& instrument : model_.instruments()) {
      const std::string symbol(instrument.terms.symbol.view());
      const bool any =
          of(expected.positions, symbol) != 0 || of(holds, account.account_id, symbol) != 0;
      occupied += any ? 1 : 0;
    }
    EXPECT_EQ(account.positions.size(), occupied);
    for (const PositionState& position : account.positions) {
      const std::string symbol(model_.instruments()[position.instrument].terms.symbol.view());
      EXPECT_EQ(position.quantity, of(expected.positions, symbol));
      EXPECT_TRUE(position.held == of(holds, account.account_id, symbol));
    }
  }

  void compare_books() const {
    for (InstrumentIndex i = 0; i < model_.instruments().size(); ++i) {
      const auto& instrument = model_.instruments()[i];
      EXPECT_EQ(engine_.engine().instrument(i).last_price, instrument.last);
      EXPECT_EQ(engine_.engine().instrument(i).terms, instrument.terms);
      for (const Side side : {Side::kBuy, Side::kSell}) {
        const auto resting = model_.resting(instrument, side);
        EXPECT_EQ(engine_.engine().resting_orders(i, side), resting);
      }
    }
    for (const OrderId id : model_.open_ids()) {
      const reference::ModelOrder& order = *model_.order(id);
      const auto state = engine_.engine().order(order.terms.account_id, id);
      ASSERT_TRUE(state.has_value());
      EXPECT_TRUE(same(*state, model_.state_of(order))) << text_of(*state) << "\n"
                                                        << text_of(model_.state_of(order));
    }
  }

  RandomStream stream_;
  reference::Model model_;
  CheckedEngine engine_;
  Timestamp now_ = 0;
  std::size_t commands_ = 0;
  std::map<std::string, std::size_t> words_;
  std::vector<Event> events_;
  std::vector<Event> model_events_;
};

// What a stream of this many commands cannot be without, or it compares less than it seems to.
constexpr std::size_t kCommandsThatMeetEverything = 50'000;

void expect_everything_was_met(const std::map<std::string, std::size_t>& words) {
  for (std::size_t kind = 0; kind < std::variant_size_v<Event>; ++kind)
    EXPECT_TRUE(words.contains("event " + std::to_string(kind))) << kind;
  for (int code = 1; code <= static_cast<int>(RejectCode::kOverflow); ++code) {
    const std::string word = "rejected " + text_of(static_cast<RejectCode>(code));
    EXPECT_TRUE(words.contains(word)) << word;
  }
  for (int reason = 1; reason <= static_cast<int>(CancelReason::kAccountSuspended); ++reason) {
    const std::string word = "canceled " + text_of(static_cast<CancelReason>(reason));
    EXPECT_TRUE(words.contains(word)) << word;
  }
  for (const char* word : {"canceled SELF_TRADE part", "priority kept", "priority lost",
                           "replace rejected POST_ONLY_WOULD_TAKE", "refused 0", "refused 2"})
    EXPECT_TRUE(words.contains(word)) << word;
}

TEST(RandomStreams, EngineDoesWhatTheReferenceModelDoes) {
  const std::uint64_t commands = setting("OUTCRY_RANDOM_COMMANDS", OUTCRY_RANDOM_COMMANDS);
  std::uint64_t seed = setting("OUTCRY_RANDOM_SEED", 1);
  std::map<std::string, std::size_t> words;
  for (std::uint64_t done = 0; done < commands; done += kCommandsOfOneStream, ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Comparison comparison(seed);
    comparison.run(std::min<std::uint64_t>(kCommandsOfOneStream, commands - done));
    ASSERT_FALSE(HasFailure()) << "OUTCRY_RANDOM_SEED=" << seed;
    for (const auto& [word, count] : comparison.words())
      words[word] += count;
  }
  if (std::getenv("OUTCRY_RANDOM_VERBOSE") != nullptr) {
    for (const auto& [word, count] : words)
      std::cout << word << ": " << count << "\n";
  }
  if (commands >= kCommandsThatMeetEverything) expect_everything_was_met(words);
}

// Orders that hold nearly all that 64 bits can, and fees that change: what is refused with OVERFLOW
// and what is not. There is nothing to buy, so nothing trades.
class RichBuyers {
 public:
  explicit RichBuyers(std::uint64_t seed) : random_(seed) {}

  std::vector<Command> opening() {
    std::vector<Command> commands{define(0), define(1)};
    for (AccountId id = 1; id <= kAccounts; ++id)
      commands.push_back(OpenAccount{id, Currency("USD"), kRiches, kRiches, 0});
    return commands;
  }

  Command next() {
    const std::uint64_t kind = random_() % 10;
    if (kind < 2) return define(random_() % 2);
    if (kind < 3) return CancelAll{any_account(), symbol(random_() % 2), false};
    PlaceOrder order;
    order.account_id = any_account();
    order.symbol = symbol(random_() % 2);
    order.side = Side::kBuy;
    order.type = random_() % 4 == 0 ? OrderType::kStopLimit : OrderType::kLimit;
    if (order.type == OrderType::kStopLimit) order.stop_price = 1;
    order.price = static_cast<Price>(random_() % kRiches / 4 + 1);
    order.quantity = static_cast<Quantity>(random_() % 3 + 1);
    return order;
  }

 private:
  static constexpr AccountId kAccounts = 3;
  static constexpr Cash kRiches = 9'000'000'000'000'000'000;

  static Symbol symbol(std::uint64_t number) { return Symbol(number == 0 ? "SYM0" : "SYM1"); }
  AccountId any_account() { return random_() % kAccounts + 1; }

  DefineInstrument define(std::uint64_t number) {
    InstrumentTerms terms;
    terms.symbol = symbol(number);
    terms.currency = Currency("USD");
    terms.tick = 1;
    terms.lot = 1;
    terms.max_quantity = 3;
    terms.taker_fee_ppm = static_cast<std::int32_t>(random_() % 11 * 100'000);
    terms.maker_fee_ppm = static_cast<std::int32_t>(random_() % 2 * 150'000);
    return {terms, false};
  }

  std::mt19937_64 random_;
};

TEST(RandomStreams, OverflowIsAnsweredWhereTheReferenceModelAnswersIt) {
  std::map<std::string, int> defined;  // by the answer
  for (std::uint64_t seed = 1; seed <= 100 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Comparison comparison(seed);
    RichBuyers buyers(seed);
    for (const Command& command : buyers.opening())
      comparison.step(command);
    for (int i = 0; i < 100 && !HasFailure(); ++i) {
      const Command command = buyers.next();
      const Outcome outcome = comparison.step(command);
      if (!std::holds_alternative<DefineInstrument>(command)) continue;
      const auto* rejection = std::get_if<Rejection>(&outcome);
      ++defined[rejection == nullptr ? "done" : text_of(rejection->code)];
    }
  }
  EXPECT_GT(defined["done"], 500);
  EXPECT_GT(defined["OVERFLOW"], 500);
}

}  // namespace
}  // namespace outcry::test
