#include <iostream>
#include <string_view>

#include "engine/version.h"

namespace {

constexpr int kUsageError = 64;

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    std::cout << "outcry-engine " << outcry::version() << '\n';
    return 0;
  }
  std::cerr << "usage: outcry-engine --version\n";
  return kUsageError;
}
