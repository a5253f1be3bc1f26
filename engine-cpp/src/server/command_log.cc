#include "server/command_log.h"

#include <algorithm>
#include <utility>

#include "server/log.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

constexpr std::size_t kLongestTraceId = 64;
constexpr std::uint64_t kLinesPerSecond = 20;

bool harmless(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') ||
         std::string_view("._:-").find(letter) != std::string_view::npos;
}

std::string_view what(const pb::Command& command) {
  const auto* field = pb::Command::descriptor()->FindFieldByNumber(command.body_case());
  return field == nullptr ? "nothing" : std::string_view(field->name());
}

std::string begin(std::uint64_t session) {
  return "session " + std::to_string(session) + ": ";
}

// "command 7 (place_order) for request 4f0c".
std::string named(const pb::Command& command) {
  return "command " + std::to_string(command.request_id()) + " (" + std::string(what(command)) +
         ") for request " + printable(command.trace_id());
}

std::string code_name(RejectCode code) {
  return pb::RejectCode_Name(static_cast<pb::RejectCode>(code));
}

}  // namespace

std::string printable(std::string_view trace_id) {
  if (trace_id.empty()) return "?";
  std::string text(trace_id.substr(0, kLongestTraceId));
  std::ranges::replace_if(
      text, [](char letter) { return !harmless(letter); }, '?');
  return text;
}

bool CommandLog::detailed() {
  return logs(Level::kDebug);
}

void CommandLog::refused(std::uint64_t session, const pb::Command& command, const Unfit& why) {
  if (why.code == RejectCode::kResourceExhausted) ++without_room_;
  if (!has_line()) return;
  log(Level::kWarning, begin(session) + "refused " + named(command) + ": " + code_name(why.code) +
                           ", " + why.message);
}

void CommandLog::broke_off(std::uint64_t session, std::string_view why, std::size_t unanswered,
                           std::string_view last_trace_id) {
  log(Level::kWarning, begin(session) + std::string(why) + "; " + std::to_string(unanswered) +
                           " commands unanswered, the last that came was for request " +
                           printable(last_trace_id));
}

void CommandLog::took(std::uint64_t session, const pb::Command& command) {
  log(Level::kDebug, begin(session) + "took " + named(command));
}

void CommandLog::answered(std::uint64_t session, const Answer& answer) {
  const auto* rejection = std::get_if<Rejection>(&answer.reply);
  log(Level::kDebug, begin(session) + "answered command " + std::to_string(answer.request_id) +
                         ": " + (rejection == nullptr ? "done" : code_name(rejection->code)) +
                         ", sequence " + std::to_string(answer.sequence));
}

// Whether a refusal has a line of its own; says first how many before it had none.
bool CommandLog::has_line() {
  const auto now = std::chrono::steady_clock::now();
  std::uint64_t silent = 0;
  {
    const std::lock_guard lock(mutex_);
    if (now - second_began_ >= std::chrono::seconds(1)) {
      second_began_ = now;
      in_second_ = 0;
      silent = std::exchange(without_line_, 0);
    }
    if (++in_second_ > kLinesPerSecond) {
      ++without_line_;
      return false;
    }
  }
  if (silent != 0)
    log(Level::kWarning, std::to_string(silent) + " more commands were refused before this");
  return true;
}

}  // namespace outcry
