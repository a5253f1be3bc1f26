#include "server/command_log.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <string>

#include "server/log.h"
#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

class CommandLogTest : public TestVenue {
 protected:
  void SetUp() override {
    settings_.session.window = 2;
    start(Start::kInit);
    TestSession admin(port());
    ASSERT_TRUE(admin.ask(define_instrument("AAPL")).has_done());
    ASSERT_TRUE(admin.ask(open_account(1, 1'000'000)).has_done());
    capture();
  }

  void TearDown() override {
    set_log_level(Level::kInfo);
    if (capturing_) lines();
  }

  void capture() {
    testing::internal::CaptureStderr();
    capturing_ = true;
  }

  // All that was logged since.
  std::string lines() {
    capturing_ = false;
    return testing::internal::GetCapturedStderr();
  }

  bool capturing_ = false;
};

pb::Command traced(pb::Command command, const std::string& trace_id) {
  command.set_trace_id(trace_id);
  return command;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

TEST_F(CommandLogTest, NamesTheRequestOfAMalformedCommand) {
  TestSession session(port());
  session.ask(traced(limit_order(1, "aapl", pb::BUY, 1, 1), "web-17"));
  const std::string text = lines();
  EXPECT_NE(
      text.find("refused command 1 (place_order) for request web-17: UNKNOWN_SYMBOL, symbol: "),
      std::string::npos)
      << text;
}

TEST_F(CommandLogTest, NamesTheRequestsBeyondTheWindow) {
  TestSession session(port());
  pb::CommandBatch batch;
  for (std::uint64_t i = 1; i <= 4; ++i) {
    *batch.add_commands() =
        traced(limit_order(1, "AAPL", pb::BUY, 1, 1), "request-" + std::to_string(i));
    batch.mutable_commands()->rbegin()->set_request_id(i);
  }
  session.send(batch);
  session.receive(4);
  const std::string text = lines();
  EXPECT_EQ(text.find("request-2"), std::string::npos) << text;
  EXPECT_NE(text.find("for request request-3: RESOURCE_EXHAUSTED"), std::string::npos) << text;
  EXPECT_NE(text.find("for request request-4: RESOURCE_EXHAUSTED"), std::string::npos) << text;
}

TEST_F(CommandLogTest, NamesTheRequestThatTheQueueHasNoRoomFor) {
  stop();
  settings_.reserve_bytes = std::numeric_limits<std::uint64_t>::max();
  start(Start::kRecover);
  TestSession session(port());
  // The watch looks at the disk when the engine already serves.
  while (session.ask(traced(limit_order(1, "AAPL", pb::BUY, 1, 1), "no-room")).has_order()) {
  }
  session.ask(traced(get_account(1), "a-read"));
  const std::string text = lines();
  EXPECT_NE(text.find("(place_order) for request no-room: RESOURCE_EXHAUSTED, the engine's disk"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("a-read"), std::string::npos) << text;
}

TEST_F(CommandLogTest, NamesTheLastRequestOfAClientThatFellSilent) {
  stop();
  settings_.session.silence = std::chrono::milliseconds(300);
  start(Start::kRecover);
  TestSession session(port());
  session.ask(traced(get_account(1), "the-last"));
  EXPECT_TRUE(session.receive(1).empty());
  EXPECT_EQ(session.finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  const std::string text = lines();
  EXPECT_NE(text.find("its client was silent for too long; 0 commands unanswered, the last that "
                      "came was for request the-last"),
            std::string::npos)
      << text;
}

TEST_F(CommandLogTest, SaysNothingOfWhatIsDone) {
  TestSession session(port());
  session.ask(traced(limit_order(1, "AAPL", pb::BUY, 1, 1), "good"));
  EXPECT_EQ(lines(), "");
}

TEST_F(CommandLogTest, SaysWhatBecameOfEachCommandWhenAskedTo) {
  set_log_level(Level::kDebug);
  TestSession session(port());
  session.ask(traced(limit_order(1, "AAPL", pb::BUY, 1, 1), "good"));
  session.ask(traced(limit_order(1, "AAPL", pb::BUY, 1, 100'000'000), "poor"));
  const std::string text = lines();
  EXPECT_NE(text.find("took command 1 (place_order) for request good"), std::string::npos) << text;
  EXPECT_NE(text.find("answered command 1: done, sequence "), std::string::npos) << text;
  EXPECT_NE(text.find("took command 2 (place_order) for request poor"), std::string::npos) << text;
  EXPECT_NE(text.find("answered command 2: INSUFFICIENT_FUNDS"), std::string::npos) << text;
}

TEST_F(CommandLogTest, ShowsOnlyHarmlessLettersAndNotTooMany) {
  EXPECT_EQ(printable("a\n2026 ERROR\x1b[0m"), "a?2026?ERROR??0m");
  EXPECT_EQ(printable(std::string(100, 'x')), std::string(64, 'x'));
  EXPECT_EQ(printable(""), "?");
}

TEST_F(CommandLogTest, HasFewLinesForAFloodOfRefusalsAndCountsTheRest) {
  TestSession session(port());
  for (int i = 0; i < 200; ++i)
    session.ask(traced(limit_order(1, "aapl", pb::BUY, 1, 1), "flood"));
  std::string text = lines();
  // Until the next second has a line for it.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (count(text, "request after") == 0 && std::chrono::steady_clock::now() < deadline) {
    capture();
    session.ask(traced(limit_order(1, "aapl", pb::BUY, 1, 1), "after"));
    text += lines();
  }
  EXPECT_GE(count(text, "request flood"), 20U);
  EXPECT_LT(count(text, "request flood"), 200U);
  EXPECT_NE(text.find(" more commands were refused before this"), std::string::npos) << text;
  EXPECT_NE(text.find("request after"), std::string::npos) << text;
}

}  // namespace
}  // namespace outcry
