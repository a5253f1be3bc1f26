#include "server/stop_deadline.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "server/exit_status.h"

namespace outcry {
namespace {

TEST(StopDeadline, EndsAProcessThatDoesNotStop) {
  EXPECT_EXIT(
      {
        const StopDeadline deadline(std::chrono::milliseconds(50));
        while (true)
          ::pause();
      },
      testing::ExitedWithCode(kExitStopLate), "takes too long");
}

TEST(StopDeadline, LetsAProcessBeThatStopsInTime) {
  EXPECT_EXIT(
      {
        { const StopDeadline deadline(std::chrono::minutes(1)); }
        ::_exit(0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace outcry
