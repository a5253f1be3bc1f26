#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/version.h"
#include "server/engine_server.h"
#include "server/exit_status.h"
#include "server/log.h"
#include "server/settings.h"

extern char** environ;

namespace outcry {
namespace {

constexpr std::string_view kUsage =
    "usage: outcry-engine serve [--init]\n"
    "       outcry-engine --help | --version\n"
    "\n"
    "serve recovers from the journal in the data directory and serves until SIGTERM or SIGINT.\n"
    "--init begins an empty journal there, and refuses when there is one.\n"
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

sigset_t block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

int report(int status, const std::string& reason) {
  log(Level::kError, reason);
  return status;
}

int serve(const Settings& settings, Start start) {
  // Before any thread is made, so that all of them leave these to sigwait().
  const sigset_t signals = block_end_signals();
  try {
    EngineServer server(settings, start);
    int signal = 0;
    sigwait(&signals, &signal);
    log(Level::kInfo, "stopping");
    server.stop();
    log(Level::kInfo, "stopped");
    return 0;
  } catch (const DirectoryInUse& failure) {
    return report(kExitInUse, failure.what());
  } catch (const MissingJournal& failure) {
    return report(kExitNoJournal, failure.what());
  } catch (const JournalDamage& failure) {
    return report(kExitDisk, failure.what());
  } catch (const DiskError& failure) {
    return report(kExitDisk, failure.what());
  } catch (const std::runtime_error& failure) {
    return report(kExitCannotServe, failure.what());
  }
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
  const bool init = arguments.size() == 2 && arguments[1] == "--init";
  if (command != "serve" || (arguments.size() != 1 && !init)) {
    std::cerr << kUsage << describe_settings();
    return kExitUsage;
  }
  const auto settings = read_settings(environment());
  if (const auto* errors = std::get_if<SettingsErrors>(&settings)) {
    for (const std::string& error : *errors)
      std::cerr << "outcry-engine: " << error << '\n';
    return kExitSettings;
  }
  return serve(std::get<Settings>(settings), init ? Start::kInit : Start::kRecover);
}

}  // namespace
}  // namespace outcry

int main(int argc, char** argv) {
  return outcry::run({argv + 1, argv + argc});
}
