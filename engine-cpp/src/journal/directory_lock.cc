#include "journal/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "journal/disk.h"

namespace outcry {
namespace {

std::string read_all(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string("?");
}

}  // namespace

DirectoryLock::DirectoryLock(const std::string& directory, const std::string& name) {
  const std::string path = directory + "/" + name;
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (descriptor_ < 0) throw DiskError("open", path, errno);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int cause = errno;
    const std::string holder = read_all(descriptor_);
    ::close(descriptor_);
    if (cause != EWOULDBLOCK) throw DiskError("lock", path, cause);
    throw DirectoryInUse("the data directory " + directory + " is in use by process " + holder);
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::pwrite(descriptor_, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    const int cause = errno;
    ::close(descriptor_);
    throw DiskError("write", path, cause);
  }
}

DirectoryLock::~DirectoryLock() {
  ::close(descriptor_);
}

}  // namespace outcry
