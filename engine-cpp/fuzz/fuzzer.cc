// libFuzzer's way in; the build says which target it is for.
#include <cstdint>

#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  outcry::fuzz::OUTCRY_FUZZ_TARGET({reinterpret_cast<const std::byte*>(data), size});
  return 0;
}
