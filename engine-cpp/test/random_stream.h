// A seeded stream of commands over some symbols and accounts: crossing prices, thin funds, every
// type and option, wrong terms, repetitions, halts, changed terms, and time that sometimes leaps.
#pragma once

#include <random>
#include <span>
#include <vector>

#include "outcry/command.h"
#include "outcry/event.h"

namespace outcry::test {

class RandomStream {
 public:
  struct Size {
    std::size_t symbols;
    AccountId accounts;
  };

  RandomStream(std::uint64_t seed, Size size);

  // What must be there before the stream begins.
  std::vector<Command> opening();
  Command next();
  // Time from the last command to the next.
  Timestamp step();
  // What the last command caused: later commands are about orders that there are.
  void observe(const Command& command, std::span<const Event> events);

 private:
  struct Known {
    OrderId id;
    AccountId account;
  };

  void close(OrderId order_id);
  const Known* any_order();
  std::int64_t between(std::int64_t low, std::int64_t high);
  bool chance(int percent) { return between(1, 100) <= percent; }

  Command place();
  PlaceOrder plain_order();
  void choose_type(PlaceOrder& order);
  void spoil(PlaceOrder& order);
  Command replace();
  Command cancel();
  Command administer();
  Command define_again();
  AccountId any_account();
  Symbol any_symbol();
  Currency any_currency();
  std::size_t any_of(std::size_t count) { return random_() % count; }
  Price price_near(std::size_t symbol);
  Reference next_reference();
  InstrumentTerms terms_of(std::size_t symbol) const;

  const Size size_;
  std::mt19937_64 random_;
  Timestamp now_ = 0;
  std::vector<InstrumentTerms> terms_;
  std::vector<Price> middle_;  // where prices wander about
  std::vector<Known> open_;
  std::vector<Known> closed_;     // lately
  std::vector<PlaceOrder> sent_;  // with client order ids, lately
  std::uint64_t references_ = 0;
  std::uint64_t client_order_ids_ = 0;
};

}  // namespace outcry::test
