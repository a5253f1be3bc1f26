#include "journal/posix_disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace outcry {
namespace {

constexpr mode_t kFileMode = 0640;
constexpr std::size_t kZeroBlock = std::size_t{1} << 20;

class PosixFile final : public File {
 public:
  PosixFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  ~PosixFile() override { ::close(descriptor_); }

  std::uint64_t size() const override {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) throw DiskError("fstat", path_, errno);
    return static_cast<std::uint64_t>(status.st_size);
  }

  std::size_t read(std::uint64_t offset, std::span<std::byte> into) const override {
    std::size_t done = 0;
    while (done < into.size()) {
      const ssize_t got = ::pread(descriptor_, into.data() + done, into.size() - done,
                                  static_cast<off_t>(offset + done));
      if (got == 0) break;
      if (got > 0) {
        done += static_cast<std::size_t>(got);
      } else if (errno != EINTR) {
        throw DiskError("read", path_, errno);
      }
    }
    return done;
  }

  void write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t put =
          ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (put >= 0) {
        offset += static_cast<std::uint64_t>(put);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
      } else if (errno != EINTR) {
        throw DiskError("write", path_, errno);
      }
    }
  }

  // The zeros are written, not only reserved: then a later fdatasync has no extent to convert,
  // which makes it about a third faster, and the pages are in memory already. They are synced block
  // by block, since a commit on the same disk waits for what is on its way there.
  void allocate(std::uint64_t size) override {
    const int failure = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(size));
    if (failure != 0) throw DiskError("allocate", path_, failure);
    const std::vector<std::byte> zeros(kZeroBlock);
    for (std::uint64_t at = 0; at < size; at += zeros.size()) {
      write(at, std::span(zeros).first(std::min<std::uint64_t>(zeros.size(), size - at)));
      sync();
    }
  }

  void sync() override {
    if (::fdatasync(descriptor_) != 0) throw DiskError("fdatasync", path_, errno);
  }

 private:
  int descriptor_;
  std::string path_;
};

}  // namespace

PosixDisk::PosixDisk(std::string directory, Access access)
    : directory_(std::move(directory)),
      access_(access),
      descriptor_(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) throw DiskError("open", directory_, errno);
}

PosixDisk::~PosixDisk() {
  ::close(descriptor_);
}

std::vector<std::string> PosixDisk::list() {
  std::vector<std::string> names;
  std::error_code failure;
  for (auto at = std::filesystem::directory_iterator(directory_, failure);
       !failure && at != std::filesystem::directory_iterator(); at.increment(failure)) {
    names.push_back(at->path().filename());
  }
  if (failure) throw DiskError("list", directory_, failure.value());
  return names;
}

std::unique_ptr<File> PosixDisk::create(const std::string& name) {
  return open_with(name, O_RDWR | O_CREAT | O_TRUNC);
}

std::unique_ptr<File> PosixDisk::open(const std::string& name) {
  return open_with(name, access_ == Access::kRead ? O_RDONLY : O_RDWR);
}

void PosixDisk::rename(const std::string& from, const std::string& to) {
  if (std::rename(path(from).c_str(), path(to).c_str()) != 0) {
    throw DiskError("rename", path(from), errno);
  }
}

void PosixDisk::remove(const std::string& name) {
  if (::unlink(path(name).c_str()) != 0) throw DiskError("remove", path(name), errno);
}

void PosixDisk::sync_directory() {
  if (::fsync(descriptor_) != 0) throw DiskError("fsync", directory_, errno);
}

std::uint64_t PosixDisk::free_bytes() const {
  struct statvfs status {};
  if (::fstatvfs(descriptor_, &status) != 0) throw DiskError("fstatvfs", directory_, errno);
  return std::uint64_t{status.f_bavail} * status.f_frsize;
}

std::string PosixDisk::path(const std::string& name) const {
  return directory_ + "/" + name;
}

std::unique_ptr<File> PosixDisk::open_with(const std::string& name, int flags) {
  const int descriptor = ::open(path(name).c_str(), flags | O_CLOEXEC, kFileMode);
  if (descriptor < 0) throw DiskError("open", path(name), errno);
  return std::make_unique<PosixFile>(descriptor, path(name));
}

void make_directory(const std::string& directory) {
  const std::filesystem::path path = std::filesystem::absolute(directory).lexically_normal();
  std::filesystem::path made;
  for (const std::filesystem::path& name : path) {
    const std::filesystem::path parent = made;
    made /= name;
    std::error_code failure;
    const bool is_new = std::filesystem::create_directory(made, failure);
    if (failure) throw DiskError("create", made, failure.value());
    // Its name is in the directory above, and lost with that in a crash.
    if (is_new) PosixDisk(parent, PosixDisk::Access::kRead).sync_directory();
  }
}

}  // namespace outcry
