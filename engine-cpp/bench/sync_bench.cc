#include "sync_bench.h"

#include <chrono>
#include <cstddef>

namespace outcry::bench {
namespace {

constexpr std::size_t kBlock = 4'096;
constexpr const char* kName = "sync-bench";

}  // namespace

SyncBench::SyncBench(const std::string& directory, std::size_t writes)
    : disk_(directory), file_(disk_.create(kName)) {
  file_->allocate(kBlock * writes);
  file_->sync();
}

SyncBench::~SyncBench() {
  disk_.remove(kName);
}

void SyncBench::run(std::size_t writes, std::vector<double>& microseconds) {
  const std::vector<std::byte> block(kBlock, std::byte{1});
  for (std::size_t i = 0; i < writes; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    file_->write(written_++ * kBlock, block);
    file_->sync();
    microseconds.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
            .count());
  }
}

}  // namespace outcry::bench
