// What an operator can do with a journal without an engine.
#pragma once

#include <iosfwd>

#include "journal/disk.h"
#include "outcry/types.h"
#include "pipeline/verification.h"

namespace outcry {

// Verifies the journal and says what it holds. Throws as verify_journal() does.
void print_verification(Disk& disk, std::ostream& out);

// Prints every entry with an event after the sequence to be read by people: when which command
// came, the events it caused, and where the frames end. Throws as scan_journal() does, and
// NotRetained when the journal's beginning is removed meanwhile.
void inspect(Disk& disk, Sequence after_sequence, std::ostream& out);

// Prints every event after the sequence as JSON, one on a line. Throws as inspect() does.
void export_events(Disk& disk, Sequence after_sequence, std::ostream& out);

// Removes the segments that nobody needs and says which are left; `archive` gets a copy of each
// unless it is null. Throws as compact_journal() does.
void compact(Disk& disk, Sequence consumer_sequence, Disk* archive, std::ostream& out);

}  // namespace outcry
