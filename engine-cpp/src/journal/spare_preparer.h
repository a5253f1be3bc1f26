#pragma once

#include <functional>
#include <string>
#include <thread>

#include "journal/spare_segment.h"

namespace outcry {

// Prepares the spare segment whenever it was taken, on a thread of its own, for as long as it
// lives.
class SparePreparer {
 public:
  // Told of a disk that fails; must not return.
  using FailStop = std::function<void(const std::string& reason)>;

  SparePreparer(SpareSegment& spare, FailStop fail_stop);
  ~SparePreparer();
  SparePreparer(const SparePreparer&) = delete;
  SparePreparer& operator=(const SparePreparer&) = delete;

 private:
  void run();

  SpareSegment& spare_;
  const FailStop fail_stop_;
  std::thread thread_;
};

}  // namespace outcry
