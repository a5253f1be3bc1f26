// What the engine's process does that no server within a test can show.
#include "server/engine_process.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

class EngineProcessTest : public TestVenue {
 protected:
  EngineProcess process_{settings_.data_directory, {"serve", "--init"}};
  const int port_ = process_.wait_for_port();
};

TEST_F(EngineProcessTest, AnswersWhatItTookAndEndsWhenItIsAsked) {
  TestSession session(port_);
  EXPECT_TRUE(session.ask(define_instrument("AAPL")).has_done());
  EXPECT_EQ(process_.stop(), 0);
  EXPECT_EQ(session.finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(EngineProcessTest, GoesOnWhenNobodyReadsItsLog) {
  TestSession session(port_);
  process_.leave();
  // Refused, with a line in the log.
  EXPECT_EQ(session.ask(pb::Command()).rejection().code(), pb::INVALID_COMMAND);
  EXPECT_TRUE(session.ask(define_instrument("AAPL")).has_done());
}

}  // namespace
}  // namespace outcry
