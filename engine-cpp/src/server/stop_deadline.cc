#include "server/stop_deadline.h"

#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include "server/exit_status.h"
#include "server/log.h"

namespace outcry {

StopDeadline::StopDeadline(std::chrono::milliseconds patience)
    : thread_([patience](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any over;
        std::unique_lock lock(mutex);
        over.wait_for(lock, stop, patience, [] { return false; });
        if (stop.stop_requested()) return;
        log(Level::kError,
            "the stop takes too long, the process ends now; all that was "
            "acknowledged is on disk");
        ::_exit(kExitStopLate);
      }) {}

}  // namespace outcry
