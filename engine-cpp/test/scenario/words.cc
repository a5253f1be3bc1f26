#include "scenario/words.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace outcry::test {

Words::Words(const std::string& line) {
  std::istringstream in(line);
  for (std::string word; in >> word;)
    words_.push_back(word);
}

std::string Words::next() {
  if (words_.empty()) throw ScenarioError("a word is missing");
  std::string word = words_.front();
  words_.erase(words_.begin());
  return word;
}

std::int64_t Words::next_number() {
  return to_number(next());
}

bool Words::take(const std::string& word) {
  if (words_.empty() || words_.front() != word) return false;
  words_.erase(words_.begin());
  return true;
}

bool Words::take_flag(const std::string& word) {
  const auto it = std::ranges::find(words_, word);
  if (it == words_.end()) return false;
  words_.erase(it);
  return true;
}

std::optional<std::string> Words::take_pair(const std::string& word) {
  const auto it = std::ranges::find(words_, word);
  if (it == words_.end()) return std::nullopt;
  if (it + 1 == words_.end()) throw ScenarioError("nothing behind '" + word + "'");
  std::string value = *(it + 1);
  words_.erase(it, it + 2);
  return value;
}

std::optional<std::int64_t> Words::take_number_pair(const std::string& word) {
  const std::optional<std::string> value = take_pair(word);
  if (!value) return std::nullopt;
  return to_number(*value);
}

std::optional<std::string> Words::take_option(const std::string& key) {
  const auto it =
      std::ranges::find_if(words_, [&](const auto& word) { return word.starts_with(key + "="); });
  if (it == words_.end()) return std::nullopt;
  std::string value = it->substr(key.size() + 1);
  words_.erase(it);
  return value;
}

std::int64_t Words::take_number_option(const std::string& key, std::int64_t otherwise) {
  const std::optional<std::string> value = take_option(key);
  return value ? to_number(*value) : otherwise;
}

std::optional<std::pair<std::string, std::string>> Words::take_any_option() {
  const auto it = std::ranges::find_if(
      words_, [](const auto& word) { return word.find('=') != std::string::npos; });
  if (it == words_.end()) return std::nullopt;
  const std::size_t equals = it->find('=');
  std::pair<std::string, std::string> option{it->substr(0, equals), it->substr(equals + 1)};
  words_.erase(it);
  return option;
}

void Words::expect_end() const {
  if (!words_.empty()) throw ScenarioError("'" + words_.front() + "' is not understood");
}

std::int64_t Words::to_number(const std::string& word) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size())
    throw ScenarioError("'" + word + "' is not a number");
  return number;
}

}  // namespace outcry::test
