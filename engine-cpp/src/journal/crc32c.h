#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace outcry {

// CRC-32C (Castagnoli), by the processor's instruction where the build allows it.
std::uint32_t crc32c(std::span<const std::byte> bytes);

// The same by table; for processors without the instruction, and to check the other.
std::uint32_t crc32c_by_table(std::span<const std::byte> bytes);

}  // namespace outcry
