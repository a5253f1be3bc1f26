// The file operations that the journal needs, and no others: one directory of files. PosixDisk is
// the real one; tests put one that loses power in its place.
//
// Every operation that fails throws DiskError. Different threads may use different files, and may
// read one file while one thread writes it; the directory's operations are thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace outcry {

class DiskError : public std::runtime_error {
 public:
  // `cause` is an errno value.
  DiskError(const std::string& operation, const std::string& file, int cause);

  int cause() const { return cause_; }

 private:
  int cause_;
};

class File {
 public:
  File() = default;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  virtual ~File() = default;

  virtual std::uint64_t size() const = 0;
  // Returns how many bytes were read: fewer than asked for only at the file's end.
  virtual std::size_t read(std::uint64_t offset, std::span<std::byte> into) const = 0;
  virtual void write(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
  // Extends the file to `size` zero bytes and reserves the space.
  virtual void allocate(std::uint64_t size) = 0;
  // Returns when all that was written is on stable storage, with what is needed to read it back.
  virtual void sync() = 0;
};

class Disk {
 public:
  Disk() = default;
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  virtual ~Disk() = default;

  virtual std::vector<std::string> list() = 0;                        // names, in no order
  virtual std::unique_ptr<File> create(const std::string& name) = 0;  // empties one that exists
  virtual std::unique_ptr<File> open(const std::string& name) = 0;
  virtual void rename(const std::string& from, const std::string& to) = 0;
  virtual void remove(const std::string& name) = 0;
  // Returns when every create, rename and remove before it is on stable storage.
  virtual void sync_directory() = 0;
  // Space that files can still take.
  virtual std::uint64_t free_bytes() const = 0;
};

}  // namespace outcry
