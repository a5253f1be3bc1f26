// Every target on its seeds, on seeded changes of them, and on the inputs in corpus/: what fuzzing
// has found to be of interest, or once broke something.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <vector>

#include "seeds.h"
#include "targets.h"

namespace outcry::fuzz {
namespace {

using Target = void (*)(Bytes);

constexpr std::size_t kChangesOfEachSeed = 100;

Seeds corpus(const std::string& name) {
  Seeds inputs;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(OUTCRY_FUZZ_CORPUS) / name)) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string content(std::istreambuf_iterator<char>(in), {});
    const Bytes bytes = std::as_bytes(std::span(content));
    inputs.emplace_back(bytes.begin(), bytes.end());
  }
  return inputs;
}

void change(std::vector<std::byte>& bytes, std::mt19937_64& random) {
  for (std::uint64_t changes = 1 + random() % 4; changes > 0 && !bytes.empty(); --changes) {
    std::byte& byte = bytes[random() % bytes.size()];
    switch (random() % 3) {
      case 0:
        byte ^= static_cast<std::byte>(1U << (random() % 8));
        break;
      case 1:
        byte = random() % 2 == 0 ? std::byte{0} : std::byte{0xff};
        break;
      default:
        bytes.resize(random() % bytes.size());
    }
  }
}

void run(Target target, const Seeds& seeds, const std::string& name) {
  const Seeds kept = corpus(name);
  EXPECT_FALSE(kept.empty()) << name;
  for (const auto& input : kept)
    target(input);
  std::mt19937_64 random(7);
  for (const auto& seed : seeds) {
    target(seed);
    for (std::size_t i = 0; i < kChangesOfEachSeed; ++i) {
      std::vector<std::byte> changed = seed;
      change(changed, random);
      target(changed);
    }
  }
}

TEST(Corpus, JournalIsReadOrRefused) {
  run(fuzz_journal, journal_seeds(), "journal");
}

TEST(Corpus, SnapshotIsLoadedOrRefused) {
  run(fuzz_snapshot, snapshot_seeds(), "snapshot");
}

TEST(Corpus, CommandIsExecutedOrRefused) {
  run(fuzz_command, command_seeds(), "command");
}

}  // namespace
}  // namespace outcry::fuzz
