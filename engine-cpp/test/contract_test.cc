// That the scenarios cover the contract: every code of a rejection and every reason of a cancel
// that engine.proto has, and every rule as README.md lists them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "scenario/runner.h"

namespace outcry::test {
namespace {

// Answers of the server, before a command is given its place.
const std::set<std::string> kNotTheEngines{"RESOURCE_EXHAUSTED", "UNAVAILABLE"};

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_FALSE(text.str().empty()) << file;
  return text.str();
}

// The names in an enumeration of the contract, but that of 0.
std::vector<std::string> enumerators(const std::string& name) {
  std::istringstream proto(content(OUTCRY_PROTO));
  std::vector<std::string> names;
  bool inside = false;
  for (std::string line; std::getline(proto, line);) {
    if (line == "enum " + name + " {") inside = true;
    if (line == "}") inside = false;
    std::istringstream words(line);
    std::string word;
    std::string equals;
    int number = 0;
    if (inside && words >> word >> equals >> number && equals == "=" && number != 0)
      names.push_back(word);
  }
  EXPECT_FALSE(names.empty()) << name;
  return names;
}

// "priority: the better price trades first, ..." of every scenario, with its lines.
std::vector<std::pair<std::string, Scenario>> all_scenarios() {
  std::vector<std::pair<std::string, Scenario>> all;
  for (const auto& entry : std::filesystem::directory_iterator(OUTCRY_SCENARIOS)) {
    for (const Scenario& scenario : read_scenarios(entry.path().string()))
      all.emplace_back(entry.path().stem().string() + ": " + scenario.title, scenario);
  }
  return all;
}

// The last word before any ',' of the expected events that begin with one of these.
std::set<std::string> expected_words(const std::vector<std::string>& beginnings) {
  std::set<std::string> words;
  for (const auto& [title, scenario] : all_scenarios()) {
    for (const ScenarioLine& line : scenario.lines) {
      for (const std::string& beginning : beginnings) {
        if (!line.text.starts_with("> " + beginning)) continue;
        const std::string event = line.text.substr(0, line.text.find(','));
        words.insert(event.substr(event.rfind(' ') + 1));
      }
    }
  }
  return words;
}

TEST(Contract, EveryRejectionHasAScenario) {
  const std::set<std::string> expected =
      expected_words({"rejected", "refused", "replace rejected", "cancel rejected"});
  for (const std::string& code : enumerators("RejectCode"))
    EXPECT_NE(expected.contains(code), kNotTheEngines.contains(code)) << code;
}

TEST(Contract, EveryReasonOfACancelHasAScenario) {
  const std::set<std::string> expected = expected_words({"canceled"});
  for (std::string reason : enumerators("CancelReason")) {
    for (const std::string prefix : {"CANCELED_", "BY_"}) {
      ASSERT_TRUE(reason.starts_with(prefix) || prefix == "BY_") << reason;
      if (reason.starts_with(prefix)) reason.erase(0, prefix.size());
    }
    EXPECT_TRUE(expected.contains(reason)) << reason;
  }
}

// The last cells of the table's lines for the sections from `first` to `last`, cut at their breaks,
// by the rule in the first cell.
std::multimap<std::string, std::string> listed_in_readme(char first, char last) {
  const std::string kBreak = "<br>";
  std::istringstream readme(content(OUTCRY_SCENARIOS "/../README.md"));
  std::multimap<std::string, std::string> listed;
  for (std::string line; std::getline(readme, line);) {
    if (line.size() < 3 || !line.starts_with("| ") || line[2] < first || line[2] > last) continue;
    std::string cell = line.substr(line.rfind("| ", line.size() - 2) + 2);
    cell.erase(cell.rfind(" |"));
    for (std::size_t at = 0; at <= cell.size();) {
      const std::size_t end = std::min(cell.find(kBreak, at), cell.size());
      listed.emplace(line.substr(2, line.find(' ', 2) - 2), cell.substr(at, end - at));
      at = end + kBreak.size();
    }
  }
  return listed;
}

TEST(Contract, TheTableOfRulesNamesTheScenariosThatThereAre) {
  std::set<std::string> titles;
  for (const auto& [title, scenario] : all_scenarios())
    EXPECT_TRUE(titles.insert(title).second) << "twice: " << title;
  std::set<std::string> rules;
  std::set<std::string> listed;
  for (const auto& [rule, title] : listed_in_readme('3', '6')) {
    rules.insert(rule);
    listed.insert(title);
    EXPECT_TRUE(titles.contains(title)) << "no scenario: " << title;
  }
  for (const std::string& title : titles)
    EXPECT_TRUE(listed.contains(title)) << "of no rule: " << title;
  for (const char* rule : {"5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "5.10",
                           "5.11", "6.1", "6.2", "6.4"})
    EXPECT_TRUE(rules.contains(rule)) << rule;
}

TEST(Contract, TheTableOfSectionSevenNamesTestsThatThereAre) {
  std::map<std::string, std::string> sources;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(OUTCRY_SCENARIOS "/../../src")) {
    const std::string name = entry.path().stem();
    if (name.ends_with("_test")) sources[name] = content(entry.path());
  }
  const auto listed = listed_in_readme('7', '7');
  EXPECT_FALSE(listed.empty());
  for (const auto& [rule, test] : listed) {
    const std::size_t colon = test.find(": ");
    ASSERT_NE(colon, std::string::npos) << test;
    const std::string& source = sources[test.substr(0, colon)];
    EXPECT_NE(source.find(" " + test.substr(colon + 2) + ") {"), std::string::npos) << test;
  }
}

}  // namespace
}  // namespace outcry::test
