#pragma once

#include <stdexcept>
#include <string>

namespace outcry {

// The directory is another process's.
class DirectoryInUse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Holds a data directory against other processes for as long as it lives, and longer than a crash
// of this one: the system lets go of it only when the process has ended.
class DirectoryLock {
 public:
  // By a file of that name in it. Throws DirectoryInUse, naming the process, or DiskError.
  explicit DirectoryLock(const std::string& directory, const std::string& name = "lock");
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace outcry
