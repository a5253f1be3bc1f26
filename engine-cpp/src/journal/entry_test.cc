#include "journal/entry.h"

#include <gtest/gtest.h>

#include <string>

#include "journal/random_entries.h"

namespace outcry {
namespace {

std::vector<std::byte> encoded(const Entry& entry) {
  std::vector<std::byte> bytes(max_entry_bytes(entry.events.size()));
  const std::byte* end = encode_entry(bytes.data(), entry.command, entry.time, entry.events);
  bytes.resize(static_cast<std::size_t>(end - bytes.data()));
  return bytes;
}

std::string hex(std::span<const std::byte> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : bytes) {
    text += kDigits[std::to_integer<unsigned>(byte) >> 4];
    text += kDigits[std::to_integer<unsigned>(byte) & 15];
  }
  return text;
}

TEST(Entry, ReadsBackWhatWasWritten) {
  RandomEntries random(7);
  Entry read;
  for (int i = 0; i < 20'000; ++i) {
    const Entry written = random.entry();
    const std::vector<std::byte> bytes = encoded(written);
    ASSERT_EQ(decode_entry(bytes, read), bytes.size()) << "entry " << i;
    ASSERT_EQ(read.time, written.time);
    ASSERT_EQ(read.command, written.command);
    ASSERT_EQ(read.events, written.events);
  }
}

TEST(Entry, HasTheDocumentedLayout) {
  const Entry entry{0x0102030405060708,
                    PlaceOrder{.account_id = 42,
                               .symbol = Symbol("AAPL"),
                               .side = Side::kSell,
                               .type = OrderType::kLimit,
                               .time_in_force = TimeInForce::kIoc,
                               .self_trade_prevention = SelfTradePrevention::kCancelBoth,
                               .post_only = true,
                               .quantity = 100,
                               .price = 15000,
                               .client_order_id = ClientOrderId("a-1")},
                    {OrderAccepted{.order_id = 9, .instrument = 3}}};
  const std::string prefix = "29000000010000000807060504030201";  // length, events, time
  const std::string options = "012a0201030201";                   // tag, account, options
  const std::string numbers = "c80101b0ea01";                     // quantity, 1 bit, price
  const std::string texts = "044141504c03612d31";                 // symbol, client order id
  const std::string accepted = "010903";                          // OrderAccepted
  EXPECT_EQ(hex(encoded(entry)), prefix + options + numbers + texts + accepted);
}

TEST(Entry, RefusesEveryTruncation) {
  RandomEntries random(11);
  Entry read;
  for (int i = 0; i < 300; ++i) {
    const std::vector<std::byte> bytes = encoded(random.entry());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      ASSERT_EQ(decode_entry(std::span(bytes).first(length), read), 0U);
    }
  }
}

TEST(Entry, TakesAnyBytesWithoutHarmAndWritesBackWhatItAccepts) {
  RandomEntries random(13);
  Entry read;
  int accepted = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::vector<std::byte> bytes = encoded(random.entry());
    for (std::uint64_t changes = random.number() % 4; changes > 0; --changes) {
      bytes[random.number() % bytes.size()] = static_cast<std::byte>(random.number());
    }
    const std::size_t length = decode_entry(bytes, read);
    if (length == 0) continue;
    ++accepted;
    ASSERT_EQ(hex(encoded(read)), hex(std::span(bytes).first(length)));
  }
  EXPECT_GT(accepted, 10'000);
}

TEST(Entry, ReservesNothingForEventsThatCannotBeThere) {
  std::vector<std::byte> bytes = encoded({1, Tick{}, {SessionClosed{}}});
  bytes[7] = std::byte{0x7F};  // two thousand million events
  Entry read;
  EXPECT_EQ(decode_entry(bytes, read), 0U);
  EXPECT_LT(read.events.capacity(), 1000U);
}

}  // namespace
}  // namespace outcry
