#pragma once

#include <functional>
#include <string>
#include <thread>

#include "journal/spare_segment.h"

namespace outcry {

// Prepares the spare segment whenever it was taken, and watches the space that is free, on a thread
// of its own, for as long as it lives. When there is no space for one, or less than the reserve
// besides it, it says so, and looks again until there is: what fits into the segment at hand, the
// spare one and the reserve can still be taken.
class SparePreparer {
 public:
  // Told when space becomes short, and when there is enough again; of space that is short at the
  // beginning, before the constructor returns.
  using SpaceWatch = std::function<void(bool is_short)>;
  // Told of a disk that fails; must not return.
  using FailStop = std::function<void(const std::string& reason)>;

  SparePreparer(SpareSegment& spare, SpaceWatch watch, FailStop fail_stop);
  ~SparePreparer();
  SparePreparer(const SparePreparer&) = delete;
  SparePreparer& operator=(const SparePreparer&) = delete;

 private:
  void run();
  bool prepare();
  void look(bool prepared);

  SpareSegment& spare_;
  const SpaceWatch watch_;
  const FailStop fail_stop_;
  bool is_short_ = false;  // of the thread alone, once it runs
  std::thread thread_;
};

}  // namespace outcry
