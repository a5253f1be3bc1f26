# Language level, warnings, hardening, sanitizers and the compiler cache, for every target.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Assertions stay on in release builds, so NDEBUG is never defined.
# Names and lines are what a stack trace needs; a debugger's variables cost a third of the compile time and are for the Debug build.
# Sanitizers check as much at -O1, which their tests compile and run with in half the time.
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Else it stores nothing that uses a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE}")
endif()

find_package(Threads REQUIRED)

include_directories(include src)
add_compile_options(-fPIE -fno-omit-frame-pointer -fstack-protector-strong)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64|AMD64")
  add_compile_options(-march=${OUTCRY_MARCH})
endif()

if(OUTCRY_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
elseif(OUTCRY_SANITIZE STREQUAL "fuzzer")
  # All of it, ours and the generated code, tells the fuzzer what it reaches; needs clang.
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
elseif(OUTCRY_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread)
  add_link_options(-fsanitize=thread)
elseif(OUTCRY_SANITIZE STREQUAL "")
  add_compile_definitions($<$<CONFIG:Release>:_FORTIFY_SOURCE=3>)
  add_link_options(-pie -Wl,-z,relro,-z,now)
else()
  message(FATAL_ERROR "OUTCRY_SANITIZE is '${OUTCRY_SANITIZE}': use address, thread, fuzzer or nothing")
endif()
add_compile_definitions(_GLIBCXX_ASSERTIONS)

# Our own targets compile with warnings as errors; generated sources do not call this. Not with sanitizers: between their checks
# GCC no longer sees what bounds a length, and warns of overflows that cannot be.
function(outcry_warnings target)
  if(OUTCRY_SANITIZE STREQUAL "")
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
  endif()
endfunction()

# Tests are compiled more often than they are waited for.
function(outcry_test_code target)
  outcry_warnings(${target})
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# Objects of a few hundred bytes are cleared by vector moves. GCC's default is `rep stos`, whose start alone costs more than
# the moves do: an eighth of a command's time.
function(outcry_fast_clearing target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64|AMD64")
    target_compile_options(${target} PRIVATE -mmemset-strategy=vector_loop:512:noalign,libcall:-1:noalign)
  endif()
endfunction()
