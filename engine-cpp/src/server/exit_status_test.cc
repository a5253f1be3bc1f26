// How the engine's binary ends, as README.md has it, for those who start it by a script.
#include "server/exit_status.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace outcry {
namespace {

class ExitStatusTest : public testing::Test {
 protected:
  ExitStatusTest() {
    std::filesystem::create_directory(path("empty"));
    EXPECT_EQ(run("init"), 0);
  }
  ~ExitStatusTest() override { std::filesystem::remove_all(directory_); }

  std::string path(const std::string& name) const { return directory_ + "/" + name; }

  struct With {
    std::string data = "data";         // the data directory's name
    std::string settings{};            // more of them
    std::string output = "/dev/null";  // of the process
  };

  // The exit status of the engine with those arguments.
  int run(const std::string& arguments) const { return run(arguments, With{}); }
  int run(const std::string& arguments, const With& with) const {
    const std::string line = "OUTCRY_ENGINE_DATA=" + path(with.data) +
                             " OUTCRY_ENGINE_LISTEN=127.0.0.1:0 OUTCRY_ENGINE_SEGMENT_MIB=1 " +
                             with.settings + " timeout 60 " OUTCRY_ENGINE_BINARY " " + arguments +
                             " > " + with.output + " 2> /dev/null";
    const int status = std::system(line.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  static std::string make_directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "outcry-XXXXXX").string();
    return ::mkdtemp(pattern.data());
  }

  const std::string directory_ = make_directory();
};

TEST_F(ExitStatusTest, IsZeroWhenAllWentWell) {
  EXPECT_EQ(run("--help"), 0);
  EXPECT_EQ(run("init", {.data = "new/nested"}), 0);
  EXPECT_EQ(run("init"), 0);
  for (const std::string tool : {"verify ", "inspect ", "export "})
    EXPECT_EQ(run(tool + path("data")), 0) << tool;
}

TEST_F(ExitStatusTest, TellsWrongArgumentsAndSettings) {
  for (const char* arguments : {"", "serve --wrong", "verify", "inspect x y", "compact x"})
    EXPECT_EQ(run(arguments), kExitUsage) << arguments;
  EXPECT_EQ(run("compact " + path("data") + " 1 " + path("data/../data")), kExitUsage);
  for (const std::string tool : {"inspect ", "export "}) {
    EXPECT_EQ(run(tool + path("data") + " 0"), 0) << tool;
    EXPECT_EQ(run(tool + path("data") + " 1"), kExitUsage) << tool;
  }
  EXPECT_EQ(run("serve", {.settings = "OUTCRY_ENGINE_UNKNOWN=1"}), kExitSettings);
  EXPECT_EQ(run("serve", {.settings = "OUTCRY_ENGINE_METRICS=localhost:9464"}), kExitSettings);
}

TEST_F(ExitStatusTest, TellsAJournalThatIsMissingOrThereAlready) {
  EXPECT_EQ(run("serve", {.data = "empty"}), kExitNoJournal);
  EXPECT_EQ(run("serve", {.data = "missing"}), kExitNoJournal);
  EXPECT_EQ(run("serve --init"), kExitNoJournal);
  for (const std::string tool : {"verify ", "inspect ", "export "}) {
    EXPECT_EQ(run(tool + path("missing")), kExitNoJournal) << tool;
    EXPECT_EQ(run(tool + path("empty")), kExitNoJournal) << tool;
  }
  EXPECT_EQ(run("compact " + path("missing") + " 1"), kExitNoJournal);
}

TEST_F(ExitStatusTest, TellsWhatCannotBeServedOrCompacted) {
  EXPECT_EQ(run("serve", {.settings = "OUTCRY_ENGINE_LISTEN=192.0.2.1:1"}), kExitCannotServe);
  EXPECT_EQ(run("compact " + path("data") + " 0"), kExitCannotServe);
}

TEST_F(ExitStatusTest, TellsADamagedJournalAndOutputThatCannotBeWritten) {
  EXPECT_EQ(run("verify " + path("data"), {.output = "/dev/full"}), kExitDisk);
  const std::string segment = path("data/journal-0000000001");
  std::fstream(segment, std::ios::in | std::ios::out | std::ios::binary).seekp(20).put('x');
  for (const std::string tool : {"verify ", "inspect ", "export "})
    EXPECT_EQ(run(tool + path("data")), kExitDisk) << tool;
  EXPECT_EQ(run("serve"), kExitDisk);
}

TEST_F(ExitStatusTest, TellsAJournalOfWhichAllSegmentsAreMissing) {
  for (const std::string left : {"snapshot-00000000000000000007", "head"}) {
    std::filesystem::create_directory(path(left));
    std::ofstream(path(left + "/" + left)) << "left";
    for (const std::string start : {"serve", "serve --init", "init"})
      EXPECT_EQ(run(start, {.data = left}), kExitDisk) << start << " with " << left;
    for (const std::string tool : {"verify ", "inspect ", "export "})
      EXPECT_EQ(run(tool + path(left)), kExitDisk) << tool << left;
    EXPECT_FALSE(std::filesystem::exists(path(left + "/journal-0000000001")));
  }
}

}  // namespace
}  // namespace outcry
