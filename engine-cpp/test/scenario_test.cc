// Every scenario of the files in test/scenarios is a test of its own, named by file and title.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "scenario/runner.h"

namespace outcry::test {
namespace {

class ScenarioTest : public testing::Test {
 public:
  explicit ScenarioTest(Scenario scenario) : scenario_(std::move(scenario)) {}
  void TestBody() override { ScenarioRunner().run(scenario_); }

 private:
  const Scenario scenario_;
};

void register_file(const std::filesystem::path& file) {
  for (Scenario& scenario : read_scenarios(file.string())) {
    const std::string title = scenario.title;
    const int line = scenario.lines.empty() ? 1 : scenario.lines.front().number;
    testing::RegisterTest(file.stem().c_str(), title.c_str(), nullptr, nullptr, file.c_str(), line,
                          [scenario]() -> testing::Test* { return new ScenarioTest(scenario); });
  }
}

}  // namespace
}  // namespace outcry::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(OUTCRY_SCENARIOS))
    files.push_back(entry.path());
  std::ranges::sort(files);
  try {
    for (const auto& file : files)
      outcry::test::register_file(file);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return RUN_ALL_TESTS();
}
