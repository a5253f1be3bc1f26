#pragma once

#include <memory>
#include <string>
#include <vector>

#include "journal/disk.h"

namespace outcry {

// A directory of the file system.
class PosixDisk final : public Disk {
 public:
  // The directory must exist.
  explicit PosixDisk(std::string directory);
  ~PosixDisk() override;

  std::vector<std::string> list() override;
  std::unique_ptr<File> create(const std::string& name) override;
  std::unique_ptr<File> open(const std::string& name) override;
  void rename(const std::string& from, const std::string& to) override;
  void remove(const std::string& name) override;
  void sync_directory() override;
  std::uint64_t free_bytes() override;

 private:
  std::string path(const std::string& name) const;
  std::unique_ptr<File> open_with(const std::string& name, int flags);

  std::string directory_;
  int descriptor_;
};

}  // namespace outcry
