// One line of a scenario as words, taken from the front; and options, key=value, from anywhere.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace outcry::test {

class ScenarioError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Words {
 public:
  explicit Words(const std::string& line);

  bool empty() const { return words_.empty(); }
  std::string next();
  std::int64_t next_number();
  // Takes the word when it comes next.
  bool take(const std::string& word);
  // Takes the word from wherever it is.
  bool take_flag(const std::string& word);
  // Takes `word` and the one behind it from wherever they are.
  std::optional<std::string> take_pair(const std::string& word);
  std::optional<std::int64_t> take_number_pair(const std::string& word);
  // Takes key=value from wherever it is.
  std::optional<std::string> take_option(const std::string& key);
  std::int64_t take_number_option(const std::string& key, std::int64_t otherwise);
  // The first key=value left, taken.
  std::optional<std::pair<std::string, std::string>> take_any_option();
  // Throws ScenarioError when a word was not understood.
  void expect_end() const;

  static std::int64_t to_number(const std::string& word);

 private:
  std::vector<std::string> words_;
};

}  // namespace outcry::test
