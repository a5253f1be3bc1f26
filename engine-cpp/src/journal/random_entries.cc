#include "journal/random_entries.h"

#include <array>
#include <string>
#include <utility>
#include <variant>

#include "journal/fields.h"

namespace outcry {
namespace {

// Takes the fields as a reader would, and gives them values.
class RandomFields {
 public:
  explicit RandomFields(std::mt19937_64& random) : random_(random) {}

  template <class... T>
  void operator()(T&... values) {
    (set(values), ...);
  }
  template <class... T>
  void sparse(T&... values) {
    ((values = static_cast<T>((random_() & 1) != 0 ? random_() : 0)), ...);
  }

 private:
  template <WireInteger T>
  void set(T& value) {
    // Small values as often as large ones.
    value = static_cast<T>(random_() >> (random_() % 64));
  }
  void set(bool& value) { value = (random_() & 1) != 0; }

  template <RangedEnum E>
  void set(E& value) {
    constexpr auto kFirst = static_cast<unsigned>(EnumRange<E>::kFirst);
    constexpr auto kLast = static_cast<unsigned>(EnumRange<E>::kLast);
    value = static_cast<E>(kFirst + random_() % (kLast - kFirst + 1));
  }

  template <std::size_t N>
  void set(FixedText<N>& text) {
    std::string letters(random_() % (N + 1), ' ');
    for (char& letter : letters)
      letter = static_cast<char>('A' + random_() % 26);
    text = FixedText<N>(letters);
  }

  std::mt19937_64& random_;
};

template <class Variant, std::size_t Index>
Variant random_of(std::mt19937_64& random) {
  std::variant_alternative_t<Index, Variant> value;
  RandomFields io(random);
  fields(io, value);
  return value;
}

template <class Variant>
Variant random_alternative(std::mt19937_64& random) {
  using Make = Variant (*)(std::mt19937_64&);
  static constexpr auto kMakers = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<Make, sizeof...(I)>{&random_of<Variant, I>...};
  }
  (std::make_index_sequence<std::variant_size_v<Variant>>());
  return kMakers[random() % kMakers.size()](random);
}

}  // namespace

Command RandomEntries::command() {
  return random_alternative<Command>(random_);
}

Event RandomEntries::event() {
  return random_alternative<Event>(random_);
}

Entry RandomEntries::entry() {
  Entry entry{static_cast<Timestamp>(random_() >> 1), command(), {}};
  const std::size_t count = 1 + random_() % 5;
  while (entry.events.size() < count)
    entry.events.push_back(event());
  return entry;
}

}  // namespace outcry
