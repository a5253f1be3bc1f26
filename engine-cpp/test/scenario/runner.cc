#include "scenario/runner.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "scenario/texts.h"
#include "scenario/words.h"

namespace outcry::test {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// One blank between words, none at the ends.
std::string squeezed(const std::string& text) {
  std::istringstream in(text);
  std::string result;
  for (std::string word; in >> word;)
    result += (result.empty() ? "" : " ") + word;
  return result;
}

}  // namespace

std::vector<Scenario> read_scenarios(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw ScenarioError("cannot read " + file);
  std::vector<Scenario> scenarios;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const std::string text = trimmed(line);
    if (text.starts_with('#')) continue;
    if (text.starts_with("scenario ")) {
      scenarios.push_back({file, text.substr(sizeof("scenario ") - 1), {}});
    } else if (!text.empty()) {
      if (scenarios.empty()) throw ScenarioError(file + " does not begin with a scenario");
      scenarios.back().lines.push_back({number, text});
    }
  }
  return scenarios;
}

ScenarioRunner::ScenarioRunner()
    : engine_(
          EngineSettings{
              .expected_accounts = 16, .expected_open_orders = 16, .expected_client_order_ids = 16},
          CheckedEngine::Rhythm{}),
      reader_(names_, engine_.engine(), kStart) {}

void ScenarioRunner::run(const Scenario& scenario) {
  for (const ScenarioLine& line : scenario.lines) {
    SCOPED_TRACE(scenario.file + ":" + std::to_string(line.number) + ": " + line.text);
    try {
      run_line(line.text);
    } catch (const std::exception& error) {
      FAIL() << error.what();
    }
    if (testing::Test::HasFailure()) return;
  }
  SCOPED_TRACE(scenario.file + ", at the end of '" + scenario.title + "'");
  check_book();
  check_events();
}

void ScenarioRunner::run_line(const std::string& line) {
  if (line.starts_with('>')) {
    has_expectations_ = true;
    const std::string expected = squeezed(line.substr(1));
    if (expected != "nothing") expected_.push_back(expected);
    return;
  }
  if (book_instrument_ != kNoInstrument && line.find('|') != std::string::npos) {
    expected_rows_.push_back(squeezed(line));
    return;
  }
  check_book();
  check_events();
  Words words(line);
  if (line.starts_with('=')) {
    check_state(squeezed(line.substr(1)));
  } else if (words.take("book")) {
    book_instrument_ = words.empty() ? 0 : engine_.engine().find_instrument(Symbol(words.next()));
    expected_rows_.clear();
  } else if (words.take("now")) {
    set_clock(kStart + words.next_number());
  } else if (words.take("wait")) {
    set_clock(now_ + words.next_number());
  } else {
    run_commands(line);
  }
}

void ScenarioRunner::run_commands(const std::string& line) {
  for (const ReadCommand& read : reader_.read(line))
    execute(read.command, read.order_name);
}

void ScenarioRunner::set_clock(Timestamp now) {
  now_ = now;
  if (engine_.engine().due(now_ + 1)) execute(Tick{}, "");
}

void ScenarioRunner::execute(const Command& command, const std::string& order_name) {
  std::vector<Event> events;
  const Outcome outcome = engine_.execute(command, ++now_, events);
  if (const auto* result = std::get_if<OrderResult>(&outcome)) {
    if (result->duplicate) {
      caused_.push_back("repetition of " + names_.order_name(result->order.order_id));
    } else if (!order_name.empty()) {
      names_.name_order(order_name, result->order.order_id);
    }
  }
  for (const Event& event : events)
    caused_.push_back(text_of(event, names_, engine_.engine()));
  if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
    rejected_ = true;
    if (events.empty()) caused_.push_back("refused " + text_of(rejection->code));
  }
}

void ScenarioRunner::check_events() {
  if (has_expectations_) {
    EXPECT_EQ(caused_, expected_);
  } else {
    EXPECT_FALSE(rejected_) << testing::PrintToString(caused_);
  }
  caused_.clear();
  expected_.clear();
  has_expectations_ = false;
  rejected_ = false;
}

void ScenarioRunner::check_state(const std::string& line) {
  const std::string name = line.substr(0, line.find(':'));
  std::string actual;
  if (const OrderId order_id = names_.order(name); order_id != 0) {
    const OrderId id = order_id;
    std::optional<OrderState> order;
    for (AccountId account = 1; !order && account < names_.account_count(); ++account)
      order = engine_.engine().order(account, id);
    actual = name + ": " + (order ? text_of(*order) : "forgotten");
  } else {
    actual = name + ":" + account_text(names_.account(name));
  }
  EXPECT_EQ(actual, line);
}

void ScenarioRunner::check_book() {
  if (book_instrument_ == kNoInstrument) return;
  EXPECT_EQ(book_rows(book_instrument_), expected_rows_);
  book_instrument_ = kNoInstrument;
}

std::string ScenarioRunner::account_text(AccountId account) const {
  const std::optional<AccountState> state = engine_.engine().account(account);
  if (!state) return " unknown";
  std::ostringstream out;
  const char* separator = " ";
  for (const CashState& cash : state->cash) {
    out << separator << cash.cash << " " << cash.currency.view();
    if (cash.held != 0) out << " (" << cash.held << " held)";
    if (cash.credit_limit != 0) out << " (credit " << cash.credit_limit << ")";
    separator = ", ";
  }
  for (const PositionState& position : state->positions) {
    out << separator << position.quantity << " "
        << engine_.engine().instrument(position.instrument).terms.symbol.view();
    if (position.held != 0) out << " (" << position.held << " held)";
    separator = ", ";
  }
  if (state->suspended) out << ", suspended";
  return out.str();
}

std::vector<std::string> ScenarioRunner::book_rows(InstrumentIndex instrument) const {
  struct Row {
    std::string bids;
    std::string asks;
  };
  std::map<Price, Row, std::greater<>> rows;
  for (const Side side : {Side::kBuy, Side::kSell}) {
    for (const RestingOrder& order : engine_.engine().resting_orders(instrument, side)) {
      Row& row = rows[order.price];
      std::string& orders = side == Side::kBuy ? row.bids : row.asks;
      orders += (orders.empty() ? "" : ", ") + order_text(order);
    }
  }
  std::vector<std::string> texts;
  for (const auto& [price, row] : rows)
    texts.push_back(squeezed(row.bids + " | " + std::to_string(price) + " | " + row.asks));
  return texts;
}

std::string ScenarioRunner::order_text(const RestingOrder& order) const {
  std::string text = std::to_string(order.displayed);
  if (order.remaining != order.displayed)
    text += "+" + std::to_string(order.remaining - order.displayed);
  return text + " " + names_.order_name(order.order_id);
}

}  // namespace outcry::test
