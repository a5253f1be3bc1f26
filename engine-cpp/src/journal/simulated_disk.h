#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "journal/disk.h"

namespace outcry {

// Thrown by the operation in which the power goes.
class PowerLoss {};

// A disk for tests: in memory, deterministic by its seed, and it can lose power. Then each sector
// that was written and not synced is kept or lost on its own, and of the directory's operations
// that were not synced the first few are kept. Single thread.
class SimulatedDisk final : public Disk {
 public:
  static constexpr std::uint64_t kPlenty = std::uint64_t{1} << 40;

  explicit SimulatedDisk(std::uint64_t seed);
  ~SimulatedDisk() override;

  // In the operation after so many more, before or after it takes effect.
  void lose_power_after(std::uint64_t operations);
  std::uint64_t power_losses() const { return power_losses_; }
  // From now on that operation and all later writes, allocations, syncs, creations, renames and
  // removals fail with this errno; the first may be a write of which a part arrived.
  void fail_after(std::uint64_t operations, int cause);
  // After so many more that read (opens, reads, lists, looks at a file's size) one fails with this
  // errno, and it alone: who takes no notice can go on.
  void fail_read_after(std::uint64_t operations, int cause);
  std::uint64_t failed_reads() const { return failed_reads_; }
  // The write after so many more goes astray: its sectors land on others, of the same file or of
  // another one, and stay there, its own are left as they were, and it is told to be done. No file
  // but its own becomes longer.
  void misdirect_write_after(std::uint64_t writes) { until_misdirection_ = writes; }
  bool has_misdirected() const { return !misdirected_.empty(); }
  // Where something is missing by that, and where it landed, of files that are still there.
  struct Astray {
    std::string file;  // as it is called now
    std::uint64_t begin;
    std::uint64_t end;
    bool still;  // the bytes there are wrong, and nobody has written over any
  };
  std::vector<Astray> gone_astray() const;
  // Room for files to be extended into; none of it is ever used up. Thread-safe.
  void set_free_bytes(std::uint64_t free_bytes) { free_bytes_ = free_bytes; }
  // A disk, or a program, that does not sync: its files, its directory, or both.
  void ignore_file_syncs() { file_syncs_ignored_ = true; }
  void ignore_directory_syncs() { directory_syncs_ignored_ = true; }
  void ignore_syncs() {
    ignore_file_syncs();
    ignore_directory_syncs();
  }
  // One that takes a read that fails for the file's end.
  void end_files_at_failed_reads() { files_end_at_failed_reads_ = true; }

  // The power comes back: only what survived is there, and nothing fails any more.
  void restart();
  // The program begins anew on a machine that kept its power: all is there, and what was not synced
  // can still be lost. Nothing fails any more.
  void restart_program();

  bool has(const std::string& name) const { return now_.contains(name); }
  // What a test may do to a file behind the program's back.
  std::vector<std::byte>& content(const std::string& name);

  std::vector<std::string> list() override;
  std::unique_ptr<File> create(const std::string& name) override;
  std::unique_ptr<File> open(const std::string& name) override;
  void rename(const std::string& from, const std::string& to) override;
  void remove(const std::string& name) override;
  void sync_directory() override;
  std::uint64_t free_bytes() const override { return free_bytes_; }

 private:
  friend class SimulatedFile;

  struct Inode {
    std::vector<std::byte> bytes;
    std::vector<std::byte> synced;
    std::set<std::uint64_t> dirty_sectors;
  };
  using Directory = std::map<std::string, std::shared_ptr<Inode>>;
  // A part of a file that a misdirected write left as it should not be.
  struct Misdirected {
    std::shared_ptr<const Inode> inode;
    std::uint64_t begin;
    std::vector<std::byte> left;     // by it
    std::vector<std::byte> correct;  // what should be there
  };

  // True: the power goes now, after the operation took effect; throws when before.
  bool begin_operation();
  bool fails_now();
  void begin_write();
  void begin_read(const std::string& operation, const std::string& name);
  bool read_fails_now();
  bool goes_astray_now();
  void misdirect(const std::shared_ptr<Inode>& inode, std::uint64_t offset,
                 std::span<const std::byte> bytes);
  void land(const std::shared_ptr<Inode>& inode, std::uint64_t offset,
            std::span<const std::byte> sectors);
  std::shared_ptr<Inode> any_file();
  std::unique_ptr<File> file(const std::string& name);
  void change_directory(const Directory& changed);
  void lose_sectors(Inode& inode);
  bool coin() { return (random_() & 1) != 0; }

  std::mt19937_64 random_;
  Directory now_;
  // States of the directory since its last sync, that one first.
  std::vector<Directory> history_;
  std::optional<std::uint64_t> until_power_loss_;
  std::uint64_t power_losses_ = 0;
  std::optional<std::uint64_t> until_failure_;
  int failure_ = 0;
  std::optional<std::uint64_t> until_read_failure_;
  int read_failure_ = 0;
  std::optional<std::uint64_t> until_misdirection_;
  std::vector<Misdirected> misdirected_;
  std::uint64_t failed_reads_ = 0;
  std::atomic<std::uint64_t> free_bytes_ = kPlenty;
  bool file_syncs_ignored_ = false;
  bool directory_syncs_ignored_ = false;
  bool files_end_at_failed_reads_ = false;
};

}  // namespace outcry
