// Assertions that stay on in release builds: a broken invariant ends the process before it can
// reach the journal. Never for what a user, an operator or a file can cause.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace outcry {

[[noreturn, gnu::cold, gnu::noinline]] inline void assertion_failed(const char* file, int line,
                                                                    const char* text) {
  std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, text);
  std::abort();
}

}  // namespace outcry

#define OUTCRY_ASSERT(condition)                     \
  (__builtin_expect(static_cast<bool>(condition), 1) \
       ? static_cast<void>(0)                        \
       : ::outcry::assertion_failed(__FILE__, __LINE__, #condition))
