// Reads the command lines of scenarios.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "outcry/command.h"
#include "scenario/names.h"
#include "scenario/words.h"

namespace outcry::test {

struct ReadCommand {
  Command command;
  std::string order_name;  // what the order that it places is called; may be empty
};

class CommandReader {
 public:
  CommandReader(Names& names, const Engine& engine, Timestamp start)
      : names_(names), engine_(engine), start_(start) {}

  // One line may be several commands: an account and its first positions. Throws ScenarioError.
  std::vector<ReadCommand> read(const std::string& line);

 private:
  std::vector<ReadCommand> read_account(Words& words);
  Command read_instrument(Words& words) const;
  Command read_deposit(Words& words);
  Command read_limits(Words& words);
  Command read_status(Words& words, InstrumentStatus status) const;
  ReadCommand read_order_command(const std::string& who, Words& words);
  ReadCommand read_place(AccountId account, Side side, Words& words) const;
  Command read_replace(AccountId account, Words& words) const;
  OrderId read_order(Words& words) const;
  Symbol read_symbol(Words& words) const;
  Symbol default_symbol() const;

  Names& names_;
  const Engine& engine_;
  const Timestamp start_;
};

}  // namespace outcry::test
