// An engine and its journal, in a directory of their own that is removed in the end. Single thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "journal/posix_disk.h"
#include "pipeline/recovered_engine.h"

namespace outcry::bench {

class JournaledVenue {
 public:
  explicit JournaledVenue(const std::string& directory);
  ~JournaledVenue();
  JournaledVenue(const JournaledVenue&) = delete;
  JournaledVenue& operator=(const JournaledVenue&) = delete;

  // Into the frame at hand, which is written when it is large.
  void execute(const Command& command);
  void write();

  Disk& disk() { return disk_; }
  Engine& engine() { return engine_; }
  JournalWriter& writer() { return *writer_; }

 private:
  const std::string directory_;
  PosixDisk disk_;
  SpareSegment spare_;
  std::unique_ptr<JournalWriter> writer_;
  Engine engine_{EngineSettings{}};
  Frame frame_;
  std::vector<Event> events_;
  Timestamp time_ = 0;
};

// Rests so many orders, each with a client order id, order i being of book_account(i - 1).
void fill_book(JournaledVenue& venue, std::uint64_t orders);
AccountId book_account(std::uint64_t i);

}  // namespace outcry::bench
