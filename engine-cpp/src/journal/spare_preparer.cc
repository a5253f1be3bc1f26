#include "journal/spare_preparer.h"

#include <pthread.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace outcry {
namespace {

constexpr std::chrono::milliseconds kRetry{500};

}  // namespace

SparePreparer::SparePreparer(SpareSegment& spare, SpaceWatch watch, FailStop fail_stop)
    : spare_(spare),
      watch_(std::move(watch)),
      fail_stop_(std::move(fail_stop)),
      thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "spare");
}

SparePreparer::~SparePreparer() {
  spare_.close();
  thread_.join();
}

void SparePreparer::run() {
  while (spare_.wait_until_needed())
    prepare();
}

void SparePreparer::prepare() {
  try {
    spare_.prepare();
    if (std::exchange(is_short_, false)) watch_(false);
  } catch (const DiskError& failure) {
    if (failure.cause() != ENOSPC && failure.cause() != EDQUOT) return fail_stop_(failure.what());
    if (!std::exchange(is_short_, true)) watch_(true);
    spare_.pause(kRetry);
  }
}

}  // namespace outcry
