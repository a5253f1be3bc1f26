// What an operator can ask of a journal without an engine.
#pragma once

#include <iosfwd>

#include "journal/disk.h"
#include "outcry/types.h"
#include "pipeline/verification.h"

namespace outcry {

// Verifies the journal and says what it holds. Throws as verify_journal() does.
void print_verification(Disk& disk, std::ostream& out);

enum class EventFormat { kText, kJson };

// Prints every event after the sequence, one on a line. Throws as scan_journal() does.
void print_events(Disk& disk, Sequence after_sequence, EventFormat format, std::ostream& out);

}  // namespace outcry
