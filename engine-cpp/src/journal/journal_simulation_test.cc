// The journal on a disk that loses power at any operation: what was acknowledged is there after
// every recovery, nothing is there in part, and a program that does not sync is found out.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "journal/test_journal.h"

namespace outcry {
namespace {

constexpr std::uint64_t kSeeds = 500;
constexpr int kPowerLosses = 6;
constexpr std::uint64_t kMostOperations = 60;

// Appends until the power goes. Recovery may lose power, too.
void run_until_power_loss(SimulatedDisk& disk, TestJournal& journal, std::mt19937_64& random) {
  disk.lose_power_after(random() % kMostOperations);
  try {
    journal.open();
    while (!testing::Test::HasFatalFailure())
      journal.append(1 + random() % 12);
  } catch (const PowerLoss&) {
    disk.restart();
  }
}

void simulate(std::uint64_t seed, bool syncs) {
  std::mt19937_64 random(seed);
  SimulatedDisk disk(random());
  create_journal(disk, TestJournal::kSettings);
  if (!syncs) disk.ignore_syncs();
  TestJournal journal(disk, random());
  for (int i = 0; i < kPowerLosses && !testing::Test::HasFatalFailure(); ++i) {
    run_until_power_loss(disk, journal, random);
  }
  if (!testing::Test::HasFatalFailure()) journal.open();
}

TEST(JournalSimulation, LosesNothingAcknowledgedWhateverTheMomentOfPowerLoss) {
  for (std::uint64_t seed = 1; seed <= kSeeds && !HasFatalFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    simulate(seed, true);
  }
}

// The negative control: the test above can fail.
TEST(JournalSimulation, FindsOutAJournalThatDoesNotSync) {
  int found_out = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    testing::TestPartResultArray failures;
    {
      const testing::ScopedFakeTestPartResultReporter reporter(
          testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures);
      try {
        simulate(seed, false);
      } catch (const JournalDamage&) {
        ++found_out;
        continue;
      } catch (const MissingJournal&) {
        ++found_out;
        continue;
      }
    }
    if (failures.size() != 0) ++found_out;
  }
  EXPECT_EQ(found_out, 20);
}

TEST(JournalSimulation, StopsAtTheFirstFailureOfTheDisk) {
  for (std::uint64_t after = 0; after < 40; ++after) {
    SimulatedDisk disk(after + 1);
    create_journal(disk, TestJournal::kSettings);
    TestJournal journal(disk, after);
    journal.open();
    disk.fail_after(after, after % 2 == 0 ? EIO : ENOSPC);
    EXPECT_THROW(while (true) journal.append(8), DiskError);
    disk.restart();
    journal.open();
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace outcry
