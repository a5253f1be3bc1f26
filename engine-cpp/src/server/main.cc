#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/version.h"
#include "journal/compaction.h"
#include "journal/directory_lock.h"
#include "journal/posix_disk.h"
#include "journal/presence.h"
#include "journal/writer.h"
#include "server/engine_server.h"
#include "server/exit_status.h"
#include "server/health_check.h"
#include "server/journal_tools.h"
#include "server/log.h"
#include "server/settings.h"
#include "server/stop_signal.h"

extern char** environ;

namespace outcry {
namespace {

constexpr std::string_view kUsage =
    "usage: outcry-engine serve [--init]\n"
    "       outcry-engine init\n"
    "       outcry-engine health\n"
    "       outcry-engine verify DIRECTORY\n"
    "       outcry-engine inspect DIRECTORY [AFTER_SEQUENCE]\n"
    "       outcry-engine export DIRECTORY [AFTER_SEQUENCE]\n"
    "       outcry-engine compact DIRECTORY CONSUMER_SEQUENCE [ARCHIVE_DIRECTORY]\n"
    "       outcry-engine --help | --version\n"
    "\n"
    "serve recovers from the journal in the data directory and serves until SIGTERM or SIGINT.\n"
    "--init begins an empty journal there, and refuses when there is one.\n"
    "init begins an empty journal there unless there is one, and ends. health asks the engine "
    "that\n"
    "serves with the same settings on this machine; the exit status is 0 when it does.\n"
    "verify reads a whole journal, executes its commands again and compares what comes of them; "
    "when\n"
    "the beginning was removed, those behind the first snapshot.\n"
    "inspect prints the entries to be read, export gives the events as JSON, one on a line: those\n"
    "after the sequence, or all there are. None changes anything.\n"
    "compact removes the segments before the older of the two newest snapshots that the slowest\n"
    "consumer has seen, too; each is read in full first, and copied to the archive if there is "
    "one.\n"
    "\n"
    "Settings, from the environment:\n";

std::map<std::string, std::string> environment() {
  std::map<std::string, std::string> variables;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view line(*at);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(line.substr(0, equals), line.substr(equals + 1));
  }
  return variables;
}

int report(int status, const std::string& reason) {
  log(Level::kError, reason);
  return status;
}

// Arguments that are well formed and cannot be meant.
class WrongArguments : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Runs what may fail, and turns a failure into a line and an exit status.
template <class Action>
int guarded(Action action) {
  try {
    return action();
  } catch (const DirectoryInUse& failure) {
    return report(kExitInUse, failure.what());
  } catch (const WrongArguments& failure) {
    return report(kExitUsage, failure.what());
  } catch (const ConsumerAhead& failure) {
    return report(kExitUsage, failure.what());
  } catch (const SequenceAhead& failure) {
    return report(kExitUsage, failure.what());
  } catch (const MissingJournal& failure) {
    return report(kExitNoJournal, failure.what());
  } catch (const JournalExists& failure) {
    return report(kExitNoJournal, failure.what());
  } catch (const JournalDamage& failure) {
    return report(kExitDisk, failure.what());
  } catch (const DiskError& failure) {
    return report(kExitDisk, failure.what());
  } catch (const Mismatch& failure) {
    return report(kExitMismatch, failure.what());
  } catch (const CannotCompact& failure) {
    return report(kExitCannotServe, failure.what());
  } catch (const std::exception& failure) {
    return report(kExitCannotServe, failure.what());
  }
}

// Does something with the settings, or tells all that is wrong with them.
template <class Action>
int with_settings(Action action) {
  const auto settings = read_settings(environment());
  if (const auto* errors = std::get_if<SettingsErrors>(&settings)) {
    for (const std::string& error : *errors)
      std::cerr << "outcry-engine: " << error << '\n';
    return kExitSettings;
  }
  return guarded([&] { return action(std::get<Settings>(settings)); });
}

int serve(const Settings& settings, Start start) {
  StopSignal signal(settings.stop_patience);
  // Whoever reads the log may end before the engine does.
  std::signal(SIGPIPE, SIG_IGN);
  set_log_level(settings.log_level);
  EngineServer server(settings, start);
  signal.wait();
  server.stop();
  log(Level::kInfo, "stopped");
  return 0;
}

// What a container's first start needs: an empty journal if, and only if, there is none.
int init(const Settings& settings) {
  make_directory(settings.data_directory);
  PosixDisk disk(settings.data_directory);
  const auto there_is_one = [&] {
    if (!journal_exists(disk)) return false;
    log(Level::kInfo, "there is a journal in " + settings.data_directory + " already");
    return true;
  };
  // Before the lock is taken, since an engine with a journal may run; and behind it, since another
  // may have begun one.
  if (there_is_one()) return 0;
  const DirectoryLock lock(settings.data_directory);
  if (there_is_one()) return 0;
  create_journal(disk, settings.journal());
  log(Level::kInfo, "began an empty journal in " + settings.data_directory);
  return 0;
}

int health(const Settings& settings) {
  const std::string problem = check_health(settings);
  if (problem.empty()) return 0;
  log(Level::kError, "the engine at " + settings.listen + " does not serve: " + problem);
  return kExitCannotServe;
}

int usage_error() {
  std::cerr << kUsage << describe_settings();
  return kExitUsage;
}

std::optional<Sequence> to_sequence(std::string_view text) {
  Sequence sequence = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), sequence);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return sequence;
}

std::string existing_directory(std::string_view directory) {
  std::string name(directory);
  if (!std::filesystem::is_directory(name)) {
    throw MissingJournal("there is no directory " + name);
  }
  return name;
}

// What was printed counts only when it has arrived.
void finish_output() {
  std::cout.flush();
  if (!std::cout) throw DiskError("write", "the standard output", errno != 0 ? errno : EIO);
}

void compact_directory(std::string_view directory, Sequence consumer_sequence,
                       const std::optional<std::string_view>& archive_directory) {
  const std::string name = existing_directory(directory);
  PosixDisk disk(name);
  std::optional<PosixDisk> archive;
  if (archive_directory.has_value()) {
    const std::string archive_name = existing_directory(*archive_directory);
    if (std::filesystem::equivalent(name, archive_name)) {
      throw WrongArguments("the archive is the data directory itself");
    }
    archive.emplace(archive_name);
  }
  // Not the engine's lock: it may run.
  const DirectoryLock lock(name, "compact-lock");
  compact(disk, consumer_sequence, archive.has_value() ? &*archive : nullptr, std::cout);
}

int run_compact(const std::vector<std::string_view>& arguments) {
  if (arguments.size() < 2 || arguments.size() > 3) return usage_error();
  const std::optional<Sequence> consumer_sequence = to_sequence(arguments[1]);
  if (!consumer_sequence.has_value()) return usage_error();
  std::optional<std::string_view> archive;
  if (arguments.size() == 3) archive = arguments[2];
  return guarded([&] {
    compact_directory(arguments[0], *consumer_sequence, archive);
    finish_output();
    return 0;
  });
}

// verify, inspect, export, compact.
int run_tool(std::string_view tool, const std::vector<std::string_view>& arguments) {
  if (tool == "compact") return run_compact(arguments);
  if (arguments.empty() || arguments.size() > 2) return usage_error();
  if (tool == "verify" && arguments.size() == 2) return usage_error();
  std::optional<Sequence> after_sequence;
  if (arguments.size() == 2) {
    after_sequence = to_sequence(arguments[1]);
    if (!after_sequence.has_value()) return usage_error();
  }
  return guarded([&] {
    PosixDisk disk(existing_directory(arguments[0]), PosixDisk::Access::kRead);
    if (tool == "verify") {
      print_verification(disk, std::cout);
    } else if (tool == "inspect") {
      inspect(disk, after_sequence, std::cout, std::cerr);
    } else {
      export_events(disk, after_sequence, std::cout, std::cerr);
    }
    finish_output();
    return 0;
  });
}

int run(const std::vector<std::string_view>& arguments) {
  const std::string_view command = arguments.empty() ? "" : arguments[0];
  if (command == "--version" && arguments.size() == 1) {
    std::cout << "outcry-engine " << version() << '\n';
    return 0;
  }
  if (command == "--help" && arguments.size() == 1) {
    std::cout << kUsage << describe_settings();
    return 0;
  }
  const std::vector<std::string_view> rest(arguments.begin() + (arguments.empty() ? 0 : 1),
                                           arguments.end());
  if (command == "serve" && rest.empty()) {
    return with_settings([](const Settings& settings) { return serve(settings, Start::kRecover); });
  }
  if (command == "serve" && rest.size() == 1 && rest[0] == "--init") {
    return with_settings([](const Settings& settings) { return serve(settings, Start::kInit); });
  }
  if (command == "init" && rest.empty()) return with_settings(init);
  if (command == "health" && rest.empty()) return with_settings(health);
  if (command == "verify" || command == "inspect" || command == "export" || command == "compact") {
    return run_tool(command, rest);
  }
  return usage_error();
}

}  // namespace
}  // namespace outcry

int main(int argc, char** argv) {
  return outcry::run({argv + 1, argv + argc});
}
