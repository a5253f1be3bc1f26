#include "server/stop_signal.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "server/exit_status.h"

namespace outcry {
namespace {

// As in a recovery that takes longer than the stop may.
TEST(StopSignal, EndsAProcessThatDoesNotComeToWaitForIt) {
  EXPECT_EXIT(
      {
        const StopSignal signal(std::chrono::milliseconds(50));
        ::kill(::getpid(), SIGTERM);
        while (true)
          ::pause();
      },
      testing::ExitedWithCode(kExitStopLate), "stopping.*\n.*takes too long");
}

TEST(StopSignal, IsWaitedForAlsoWhenItHasCome) {
  EXPECT_EXIT(
      {
        StopSignal signal(std::chrono::minutes(1));
        ::kill(::getpid(), SIGINT);
        signal.wait();
        ::_exit(0);
      },
      testing::ExitedWithCode(0), "stopping");
}

TEST(StopSignal, NeedNotCome) {
  EXPECT_EXIT(
      {
        { const StopSignal signal(std::chrono::minutes(1)); }
        ::_exit(0);
      },
      testing::ExitedWithCode(0), "^$");
}

}  // namespace
}  // namespace outcry
