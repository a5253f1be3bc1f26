#include "journal/spare_preparer.h"

#include <pthread.h>

#include <utility>

namespace outcry {

SparePreparer::SparePreparer(SpareSegment& spare, FailStop fail_stop)
    : spare_(spare), fail_stop_(std::move(fail_stop)), thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "spare");
}

SparePreparer::~SparePreparer() {
  spare_.close();
  thread_.join();
}

void SparePreparer::run() {
  try {
    while (spare_.wait_until_needed())
      spare_.prepare();
  } catch (const DiskError& failure) {
    fail_stop_(failure.what());
  }
}

}  // namespace outcry
