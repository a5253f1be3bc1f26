#include "journal/spare_preparer.h"

#include <pthread.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace outcry {
namespace {

constexpr std::chrono::milliseconds kLook{500};

}  // namespace

SparePreparer::SparePreparer(SpareSegment& spare, SpaceWatch watch, FailStop fail_stop)
    : spare_(spare), watch_(std::move(watch)), fail_stop_(std::move(fail_stop)) {
  // Whoever makes this takes orders next, and to prepare a segment takes a while.
  look(true);
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "spare");
}

SparePreparer::~SparePreparer() {
  spare_.close();
  thread_.join();
}

void SparePreparer::run() {
  try {
    bool prepared = false;
    do {
      prepared = prepare();
      look(prepared);
    } while (prepared ? spare_.wait_until_needed(kLook) : spare_.pause(kLook));
  } catch (const DiskError& failure) {
    fail_stop_(failure.what());
  }
}

// False: there is no space for one.
bool SparePreparer::prepare() {
  try {
    spare_.prepare();
    return true;
  } catch (const DiskError& failure) {
    if (failure.cause() != ENOSPC && failure.cause() != EDQUOT) throw;
    return false;
  }
}

void SparePreparer::look(bool prepared) {
  const bool is_short = !prepared || spare_.short_of_space();
  if (is_short != std::exchange(is_short_, is_short)) watch_(is_short);
}

}  // namespace outcry
