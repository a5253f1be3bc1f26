#pragma once

#include "journal/disk.h"

namespace outcry {

// Whether there is a journal in the directory. Throws JournalDamage when there are other files of
// one and none of its segments: to begin a new one there would bury what can be restored.
bool journal_exists(Disk& disk);

}  // namespace outcry
