#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "journal/disk.h"

namespace outcry {

// A directory of the file system.
class PosixDisk final : public Disk {
 public:
  enum class Access : std::uint8_t {
    kReadAndWrite,
    kRead  // files are opened to be read alone, which a read-only file system allows, too
  };

  // The directory must exist.
  explicit PosixDisk(std::string directory, Access access = Access::kReadAndWrite);
  ~PosixDisk() override;

  std::vector<std::string> list() override;
  std::unique_ptr<File> create(const std::string& name) override;
  std::unique_ptr<File> open(const std::string& name) override;
  void rename(const std::string& from, const std::string& to) override;
  void remove(const std::string& name) override;
  void sync_directory() override;
  std::uint64_t free_bytes() const override;

 private:
  std::string path(const std::string& name) const;
  std::unique_ptr<File> open_with(const std::string& name, int flags);

  const std::string directory_;
  const Access access_;
  int descriptor_;
};

// Makes the directory and those above it that are missing; each is on stable storage when it
// returns. Throws DiskError.
void make_directory(const std::string& directory);

}  // namespace outcry
