#include "journal/spare_preparer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

#include "journal/simulated_disk.h"

namespace outcry {
namespace {

constexpr std::uint64_t kBytes = 4'096;

void fail(const std::string& reason) {
  FAIL() << reason;
}

TEST(SparePreparer, PreparesWhatWasTakenUnderAnotherName) {
  SimulatedDisk disk(1);
  SpareSegment spare(disk, kBytes);
  const SparePreparer preparer(
      spare, [](bool) {}, fail);
  const SpareSegment::Taken first = spare.take(kBytes);
  const SpareSegment::Taken second = spare.take(kBytes);
  EXPECT_EQ(first.file->size(), kBytes);
  EXPECT_NE(first.name, second.name);
}

TEST(SparePreparer, SaysThatSpaceIsShortAndThatThereIsSpaceAgain) {
  SimulatedDisk disk(1);
  disk.set_free_bytes(0);
  SpareSegment spare(disk, kBytes);
  std::promise<void> was_short;
  std::promise<void> was_enough;
  const SparePreparer preparer(
      spare, [&](bool is_short) { (is_short ? was_short : was_enough).set_value(); }, fail);
  was_short.get_future().wait();
  disk.set_free_bytes(SimulatedDisk::kPlenty);
  was_enough.get_future().wait();
  EXPECT_EQ(spare.take(kBytes).file->size(), kBytes);
}

// Who makes it takes orders next.
TEST(SparePreparer, SaysThatSpaceIsShortBeforeItPreparesAnything) {
  SimulatedDisk disk(1);
  disk.set_free_bytes(3 * kBytes - 1);
  SpareSegment spare(disk, kBytes, 3 * kBytes);
  std::thread::id told_by;
  const SparePreparer preparer(
      spare, [&](bool) { told_by = std::this_thread::get_id(); }, fail);
  EXPECT_EQ(told_by, std::this_thread::get_id());
}

TEST(SparePreparer, SaysThatSpaceIsShortWhileTheReserveIsNotFree) {
  SimulatedDisk disk(1);
  disk.set_free_bytes(3 * kBytes - 1);
  SpareSegment spare(disk, kBytes, 3 * kBytes);
  std::promise<void> was_short;
  std::promise<void> was_enough;
  const SparePreparer preparer(
      spare, [&](bool is_short) { (is_short ? was_short : was_enough).set_value(); }, fail);
  was_short.get_future().wait();
  // There is a spare one all the same: cancels need it.
  EXPECT_EQ(spare.take(kBytes).file->size(), kBytes);
  disk.set_free_bytes(3 * kBytes);
  was_enough.get_future().wait();
}

TEST(SpareSegment, LeavesNoFileBehindForWhichThereWasNoSpace) {
  SimulatedDisk disk(1);
  disk.set_free_bytes(0);
  SpareSegment spare(disk, kBytes);
  EXPECT_THROW(spare.take(kBytes), DiskError);
  EXPECT_TRUE(disk.list().empty());
}

TEST(SpareSegment, MakesALargerOneThanItsSizeWhenAsked) {
  SimulatedDisk disk(1);
  SpareSegment spare(disk, kBytes);
  spare.prepare();
  EXPECT_EQ(spare.take(3 * kBytes).file->size(), 3 * kBytes);
}

}  // namespace
}  // namespace outcry
