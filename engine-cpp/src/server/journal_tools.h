// What an operator can do with a journal without an engine.
#pragma once

#include <iosfwd>
#include <optional>
#include <stdexcept>

#include "journal/disk.h"
#include "outcry/types.h"
#include "pipeline/verification.h"

namespace outcry {

// What is asked for comes after more than the journal holds.
class SequenceAhead : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Verifies the journal and says what it holds. Throws as verify_journal() does.
void print_verification(Disk& disk, std::ostream& out);

// Prints every entry with an event after the sequence to be read by people: when which command
// came, the events it caused, and where the frames end. Without a sequence it prints what there is,
// and says in `notes` with what that begins, unless that is the first. Throws as scan_journal()
// does, NotRetained when events after the sequence were removed or are meanwhile, and
// SequenceAhead.
void inspect(Disk& disk, std::optional<Sequence> after_sequence, std::ostream& out,
             std::ostream& notes);

// Prints every event after the sequence as JSON, one on a line. Throws as inspect() does.
void export_events(Disk& disk, std::optional<Sequence> after_sequence, std::ostream& out,
                   std::ostream& notes);

// Removes the segments that nobody needs and says which are left; `archive` gets a copy of each
// unless it is null. Throws as compact_journal() does.
void compact(Disk& disk, Sequence consumer_sequence, Disk* archive, std::ostream& out);

}  // namespace outcry
