#include "journal/crc32c.h"

#include <gtest/gtest.h>

#include <random>
#include <string_view>
#include <vector>

namespace outcry {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

TEST(Crc32c, GivesTheCheckValueOfTheAlgorithm) {
  EXPECT_EQ(crc32c(bytes_of("123456789")), 0xE3069283U);
  EXPECT_EQ(crc32c_by_table(bytes_of("123456789")), 0xE3069283U);
}

TEST(Crc32c, InstructionAndTableAgreeAtEveryLength) {
  std::mt19937_64 random(1);
  std::vector<std::byte> bytes;
  for (int length = 0; length < 300; ++length) {
    EXPECT_EQ(crc32c(bytes), crc32c_by_table(bytes)) << "length " << length;
    bytes.push_back(static_cast<std::byte>(random()));
  }
}

}  // namespace
}  // namespace outcry
