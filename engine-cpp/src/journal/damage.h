#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "outcry/types.h"

namespace outcry {

// The journal is not as this engine left it, and not by a write that a crash cut short. Nothing may
// be decided from it: an operator restores it from a copy.
class JournalDamage : public std::runtime_error {
 public:
  // `sequence` is the first that cannot be read.
  JournalDamage(const std::string& file, std::uint64_t offset, Sequence sequence,
                const std::string& reason)
      : std::runtime_error(file + " is damaged at offset " + std::to_string(offset) +
                           ", sequence " + std::to_string(sequence) + ": " + reason) {}
};

// There is no journal in the directory.
class MissingJournal : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace outcry
