// How the process ends, for those who start it (sysexits numbers).
#pragma once

namespace outcry {

inline constexpr int kExitUsage = 64;
inline constexpr int kExitNoJournal = 66;    // there is none, or --init and there is one
inline constexpr int kExitCannotServe = 69;  // the address is taken, or there is nothing to compact
inline constexpr int kExitStopLate = 70;     // a stop took too long and was cut short
inline constexpr int kExitInUse = 73;        // another process has the data directory
inline constexpr int kExitDisk = 74;      // a write or the output failed, or the journal is damaged
inline constexpr int kExitMismatch = 75;  // commands executed again give other events
inline constexpr int kExitSettings = 78;

}  // namespace outcry
