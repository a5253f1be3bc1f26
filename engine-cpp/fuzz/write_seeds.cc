// write_seeds DIRECTORY: the seeds of every target as files, in a directory of its name each.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "seeds.h"

namespace {

bool write(const std::filesystem::path& directory, const outcry::fuzz::Seeds& seeds) {
  std::filesystem::create_directories(directory);
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    std::ofstream out(directory / ("seed-" + std::to_string(i)), std::ios::binary);
    out.write(reinterpret_cast<const char*>(seeds[i].data()),
              static_cast<std::streamsize>(seeds[i].size()));
    if (!out.flush()) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: write_seeds DIRECTORY\n";
    return 64;
  }
  const std::filesystem::path directory = argv[1];
  using namespace outcry::fuzz;
  const bool written = write(directory / "journal", journal_seeds()) &&
                       write(directory / "snapshot", snapshot_seeds()) &&
                       write(directory / "command", command_seeds());
  return written ? 0 : 73;
}
