#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "outcry/engine/v1/engine.pb.h"
#include "pipeline/answer.h"
#include "server/request_decoder.h"

namespace outcry {

// What a client calls the request that a command is for, fit for a line of the log: bounded, and of
// harmless letters. "?" stands for none.
std::string printable(std::string_view trace_id);

// Says in the log what became of commands that the engine did not take, naming the client's request
// that each was for, and at level debug what became of every command. Refusals can come by the ten
// thousand a second, so of each second's only the first few have a line, and the rest are counted.
// Thread-safe.
class CommandLog {
 public:
  // A name for a session, for its lines.
  std::uint64_t next_session() { return ++sessions_; }

  // Whether every command has its lines; asked before the calls that say debug.
  static bool detailed();

  void refused(std::uint64_t session, const engine::v1::Command& command, const Unfit& why);

  // How many were refused for want of room: in the window, in the queue or on the disk.
  std::uint64_t without_room() const { return without_room_; }

  // The stream ended before all was answered, or since its client was silent.
  void broke_off(std::uint64_t session, std::string_view why, std::size_t unanswered,
                 std::string_view last_trace_id);

  // Debug: the command is on its way to the sequencer.
  void took(std::uint64_t session, const engine::v1::Command& command);

  // Debug: it is durable, and its answer gathers to be sent.
  void answered(std::uint64_t session, const Answer& answer);

 private:
  bool has_line();

  std::atomic<std::uint64_t> sessions_{0};
  std::atomic<std::uint64_t> without_room_{0};
  std::mutex mutex_;
  // Guarded by mutex_.
  std::chrono::steady_clock::time_point second_began_{};
  std::uint64_t in_second_ = 0;
  std::uint64_t without_line_ = 0;
};

}  // namespace outcry
