#include "server/health_check.h"

#include <gtest/gtest.h>

#include "server/test_venue.h"

namespace outcry {
namespace {

class HealthCheckTest : public TestVenue {};

TEST_F(HealthCheckTest, FindsAnEngineThatServes) {
  start(Start::kInit);
  settings_.listen = "0.0.0.0:" + std::to_string(port());
  EXPECT_EQ(check_health(settings_), "");
}

TEST_F(HealthCheckTest, SaysWhyWhenNobodyListens) {
  start(Start::kInit);
  settings_.listen = "127.0.0.1:" + std::to_string(port());
  stop();
  EXPECT_NE(check_health(settings_), "");
}

}  // namespace
}  // namespace outcry
