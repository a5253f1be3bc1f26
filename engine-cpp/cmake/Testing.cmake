# outcry_test(<name> SOURCES <file>... LIBRARIES <target>...): a GoogleTest binary known to ctest.
enable_testing()
find_package(GTest REQUIRED)

function(outcry_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} GTest::gtest_main)
  outcry_test_code(${name})
  add_test(NAME ${name} COMMAND ${name})
endfunction()
