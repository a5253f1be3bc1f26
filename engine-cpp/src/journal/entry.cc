#include "journal/entry.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "journal/fields.h"
#include "journal/wire.h"

namespace outcry {
namespace {

constexpr std::size_t kPrefixBytes = 16;
constexpr std::size_t kTagBytes = 1;
constexpr std::size_t kSmallestEvent = kTagBytes;

template <class T>
constexpr std::size_t max_bytes() {
  MaxBytes size;
  const T value{};
  fields(size, value);
  return size.bytes();
}

template <class Variant>
struct Largest;
template <class... T>
struct Largest<std::variant<T...>> {
  static constexpr std::size_t kBytes = std::max({max_bytes<T>()...});
};

// A writer copies texts whole before it cuts them to length, so the last field may touch this much
// beyond its end.
constexpr std::size_t kSlack = ClientOrderId::capacity();

template <class... T>
void put_tagged(WireWriter& io, const std::variant<T...>& value) {
  io(static_cast<std::uint8_t>(value.index() + 1));
  // By a copy that nothing else can reach: what is written could otherwise be the place itself, for
  // all the compiler knows, and it would read it anew after each byte.
  io = std::visit(
      [at = io.at()](const auto& alternative) {
        WireWriter own(at);
        fields(own, alternative);
        return own;
      },
      value);
}

template <class Variant, std::size_t Index>
void get_alternative(WireReader& io, Variant& value) {
  fields(io, value.template emplace<Index>());
}

template <class Variant>
void get_tagged(WireReader& io, Variant& value) {
  using Get = void (*)(WireReader&, Variant&);
  static constexpr auto kAlternatives = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<Get, sizeof...(I)>{&get_alternative<Variant, I>...};
  }
  (std::make_index_sequence<std::variant_size_v<Variant>>());

  std::uint8_t tag = 0;
  io(tag);
  if (tag == 0 || tag > kAlternatives.size()) return io.fail();
  kAlternatives[tag - 1U](io, value);
}

}  // namespace

std::size_t max_entry_bytes(std::size_t event_count) {
  return kPrefixBytes + kTagBytes + Largest<Command>::kBytes +
         event_count * (kTagBytes + Largest<Event>::kBytes) + kSlack;
}

std::byte* encode_entry(std::byte* at, const Command& command, Timestamp time,
                        std::span<const Event> events) {
  WireWriter body(at + kPrefixBytes);
  put_tagged(body, command);
  for (const Event& event : events)
    put_tagged(body, event);

  WireWriter prefix(at);
  prefix.fixed(static_cast<std::uint32_t>(body.at() - at),
               static_cast<std::uint32_t>(events.size()), time);
  return body.at();
}

std::size_t decode_entry(std::span<const std::byte> bytes, Entry& entry) {
  WireReader prefix(bytes);
  std::uint32_t length = 0;
  std::uint32_t event_count = 0;
  prefix.fixed(length, event_count, entry.time);
  if (prefix.failed() || length < kPrefixBytes || length > bytes.size()) return 0;

  WireReader body(bytes.subspan(kPrefixBytes, length - kPrefixBytes));
  get_tagged(body, entry.command);
  // Checked before anything is reserved for them.
  if (body.failed() || event_count > body.left() / kSmallestEvent) return 0;
  entry.events.resize(event_count);
  for (Event& event : entry.events)
    get_tagged(body, event);
  return body.failed() || body.left() != 0 ? 0 : length;
}

}  // namespace outcry
