#include "flow.h"

#include <gtest/gtest.h>

#include <sstream>

#include "flow_matcher.h"

namespace outcry::bench {
namespace {

constexpr FlowSize kSmall{.commands = 100'000, .resting = 1'000, .seed = 42};

TEST(Flow, OpensWithTheOrdersThatFillTheBook) {
  std::ostringstream text;
  write_flow(generate_flow({.commands = 3, .resting = 3, .seed = 42}).commands, text);
  EXPECT_EQ(text.str(), "N 1 84 S 100091 62 G\nN 2 132 B 99953 77 G\nN 3 720 S 100205 50 G\n");
}

TEST(Flow, IsTheSameForTheSameSeed) {
  std::ostringstream first;
  std::ostringstream second;
  write_flow(generate_flow(kSmall).commands, first);
  write_flow(generate_flow(kSmall).commands, second);
  EXPECT_EQ(first.str(), second.str());
}

TEST(Flow, EndsTheSameInTheBookAsInThePlainOne) {
  const Flow flow = generate_flow(kSmall);
  FlowMatcher matcher;
  for (const FlowCommand& command : flow.commands)
    matcher.execute(command);
  EXPECT_EQ(matcher.outcome(), flow.outcome);
  EXPECT_GT(flow.outcome.trades, 0u);
}

}  // namespace
}  // namespace outcry::bench
