// The engine's executable as a child process, over a data directory, with segments and snapshots of
// a mebibyte, for tests. Single thread.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outcry {

// Its standard error is read until it says where it serves.
class EngineProcess {
 public:
  EngineProcess(const std::string& directory, std::vector<std::string> arguments) {
    int pipe[2];
    if (::pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(pipe[1], STDERR_FILENO);
      execute(directory, std::move(arguments));
    }
    ::close(pipe[1]);
    error_ = ::fdopen(pipe[0], "r");
  }

  ~EngineProcess() {
    if (pid_ > 0) kill();
    if (error_ != nullptr) std::fclose(error_);
  }

  // Reads until it serves; 0: it ended before.
  int wait_for_port() {
    char line[512];
    while (std::fgets(line, sizeof line, error_) != nullptr) {
      const std::string_view text(line);
      const std::size_t at = text.find("serving on port ");
      if (at != std::string_view::npos) return std::atoi(line + at + 16);
    }
    return 0;
  }

  // Reads its standard error no more.
  void leave() { std::fclose(std::exchange(error_, nullptr)); }

  void kill() {
    ::kill(pid_, SIGKILL);
    wait();
  }

  // Asks it to end; its exit status.
  int stop() {
    ::kill(pid_, SIGTERM);
    return wait();
  }

  int wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  [[noreturn]] static void execute(const std::string& directory,
                                   std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), OUTCRY_ENGINE_BINARY);
    std::vector<char*> argv;
    for (std::string& argument : arguments)
      argv.push_back(argument.data());
    argv.push_back(nullptr);
    ::unsetenv("OUTCRY_CRASHES");
    ::setenv("OUTCRY_ENGINE_DATA", directory.c_str(), 1);
    ::setenv("OUTCRY_ENGINE_LISTEN", "127.0.0.1:0", 1);
    ::setenv("OUTCRY_ENGINE_SEGMENT_MIB", "1", 1);
    ::setenv("OUTCRY_ENGINE_SNAPSHOT_MIB", "1", 1);
    ::execv(OUTCRY_ENGINE_BINARY, argv.data());
    ::_exit(127);
  }

  pid_t pid_ = -1;
  std::FILE* error_ = nullptr;
};

}  // namespace outcry
