// Runs one scenario: its lines are commands, what they must cause, and what must then be so.
//
//   command            executed; without '>' lines behind it, it must not be rejected
//   > event            all events that the command causes, in their order; '> nothing' for none,
//                      '> refused CODE' and '> repetition of NAME' for answers without events
//   = name: ...        an account or an order as it must stand
//   book [SYMBOL]      then one line 'bids | price | asks' for each level, highest price first;
//                      an order is its displayed quantity, '+' what is hidden, and its name
//   now N, wait N      the clock, in nanoseconds from the scenario's start; what is due expires
#pragma once

#include <string>
#include <vector>

#include "checked_engine.h"
#include "scenario/command_reader.h"
#include "scenario/names.h"

namespace outcry::test {

struct ScenarioLine {
  int number;
  std::string text;
};

struct Scenario {
  std::string file;
  std::string title;
  std::vector<ScenarioLine> lines;
};

// Throws ScenarioError.
std::vector<Scenario> read_scenarios(const std::string& file);

class ScenarioRunner {
 public:
  ScenarioRunner();

  // Failures are GoogleTest's, named by file and line.
  void run(const Scenario& scenario);

 private:
  static constexpr Timestamp kStart = 1'000'000'000;

  void run_line(const std::string& line);
  void run_commands(const std::string& line);
  void set_clock(Timestamp now);
  void execute(const Command& command, const std::string& order_name);
  // Compares what the last command caused with the '>' lines behind it.
  void check_events();
  void check_state(const std::string& line);
  void check_book();
  std::string account_text(AccountId account) const;
  std::vector<std::string> book_rows(InstrumentIndex instrument) const;
  std::string order_text(const RestingOrder& order) const;

  CheckedEngine engine_;
  Names names_;
  CommandReader reader_;
  Timestamp now_ = kStart;

  std::vector<std::string> caused_;
  bool rejected_ = false;
  bool has_expectations_ = false;
  std::vector<std::string> expected_;
  std::vector<std::string> expected_rows_;
  InstrumentIndex book_instrument_ = kNoInstrument;  // of the 'book' lines being read
};

}  // namespace outcry::test
