#include "journal/simulated_disk.h"

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace outcry {

namespace {
constexpr std::uint64_t kSector = 512;

std::vector<std::byte> part(const std::vector<std::byte>& bytes, std::uint64_t begin,
                            std::uint64_t end) {
  return {bytes.begin() + static_cast<std::ptrdiff_t>(begin),
          bytes.begin() + static_cast<std::ptrdiff_t>(end)};
}

void put(std::span<const std::byte> bytes, std::vector<std::byte>& into, std::uint64_t offset) {
  std::ranges::copy(bytes, into.begin() + static_cast<std::ptrdiff_t>(offset));
}
}  // namespace

class SimulatedFile final : public File {
 public:
  SimulatedFile(SimulatedDisk& disk, std::string name, std::shared_ptr<SimulatedDisk::Inode> inode)
      : disk_(disk), name_(std::move(name)), inode_(std::move(inode)) {}

  std::uint64_t size() const override {
    disk_.begin_read("fstat", name_);
    return inode_->bytes.size();
  }

  std::size_t read(std::uint64_t offset, std::span<std::byte> into) const override {
    if (disk_.read_fails_now()) {
      if (disk_.files_end_at_failed_reads_) return 0;
      throw DiskError("read", name_, disk_.read_failure_);
    }
    if (offset >= inode_->bytes.size()) return 0;
    const std::size_t count = std::min<std::uint64_t>(into.size(), inode_->bytes.size() - offset);
    std::copy_n(inode_->bytes.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
    return count;
  }

  void write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    if (disk_.fails_now()) {
      store(offset, bytes.first(disk_.random_() % (bytes.size() + 1)));
      throw DiskError("write", name_, disk_.failure_);
    }
    const bool power_goes = disk_.begin_operation();
    if (disk_.goes_astray_now()) {
      disk_.misdirect(inode_, offset, bytes);
    } else {
      store(offset, bytes);
    }
    if (power_goes) throw PowerLoss();
  }

  void allocate(std::uint64_t size) override {
    if (size > disk_.free_bytes_) throw DiskError("allocate", name_, ENOSPC);
    const std::vector<std::byte> zeros(size);
    write(0, zeros);
  }

  void sync() override {
    disk_.begin_write();
    const bool power_goes = disk_.begin_operation();
    if (!disk_.file_syncs_ignored_) {
      inode_->synced = inode_->bytes;
      inode_->dirty_sectors.clear();
    }
    if (power_goes) throw PowerLoss();
  }

 private:
  void store(std::uint64_t offset, std::span<const std::byte> bytes) {
    if (bytes.empty()) return;
    inode_->bytes.resize(std::max<std::uint64_t>(inode_->bytes.size(), offset + bytes.size()));
    put(bytes, inode_->bytes, offset);
    for (std::uint64_t at = offset / kSector; at * kSector < offset + bytes.size(); ++at)
      inode_->dirty_sectors.insert(at);
  }

  SimulatedDisk& disk_;
  std::string name_;
  std::shared_ptr<SimulatedDisk::Inode> inode_;
};

SimulatedDisk::SimulatedDisk(std::uint64_t seed) : random_(seed), history_(1) {}

SimulatedDisk::~SimulatedDisk() = default;

void SimulatedDisk::lose_power_after(std::uint64_t operations) {
  until_power_loss_ = operations;
}

void SimulatedDisk::fail_after(std::uint64_t operations, int cause) {
  until_failure_ = operations;
  failure_ = cause;
}

void SimulatedDisk::fail_read_after(std::uint64_t operations, int cause) {
  until_read_failure_ = operations;
  read_failure_ = cause;
}

void SimulatedDisk::restart_program() {
  until_power_loss_.reset();
  until_failure_.reset();
  until_read_failure_.reset();
  until_misdirection_.reset();
}

void SimulatedDisk::restart() {
  restart_program();
  now_ = history_[random_() % history_.size()];
  history_ = {now_};
  for (const auto& [name, inode] : now_)
    lose_sectors(*inode);
}

std::vector<SimulatedDisk::Astray> SimulatedDisk::gone_astray() const {
  std::vector<Astray> found;
  for (const Misdirected& place : misdirected_) {
    const std::uint64_t end = place.begin + place.left.size();
    for (const auto& [name, inode] : now_) {
      if (inode != place.inode) continue;
      const bool still = place.left != place.correct && inode->bytes.size() >= end &&
                         part(inode->bytes, place.begin, end) == place.left;
      found.push_back({name, place.begin, end, still});
    }
  }
  return found;
}

std::vector<std::byte>& SimulatedDisk::content(const std::string& name) {
  return now_.at(name)->bytes;
}

std::vector<std::string> SimulatedDisk::list() {
  begin_read("list", "simulated directory");
  std::vector<std::string> names;
  for (const auto& [name, inode] : now_)
    names.push_back(name);
  return names;
}

std::unique_ptr<File> SimulatedDisk::create(const std::string& name) {
  Directory changed = now_;
  changed[name] = std::make_shared<Inode>();
  change_directory(changed);
  return file(name);
}

std::unique_ptr<File> SimulatedDisk::open(const std::string& name) {
  begin_read("open", name);
  return file(name);
}

std::unique_ptr<File> SimulatedDisk::file(const std::string& name) {
  const auto found = now_.find(name);
  if (found == now_.end()) throw DiskError("open", name, ENOENT);
  return std::make_unique<SimulatedFile>(*this, name, found->second);
}

void SimulatedDisk::rename(const std::string& from, const std::string& to) {
  Directory changed = now_;
  changed[to] = changed.at(from);
  changed.erase(from);
  change_directory(changed);
}

void SimulatedDisk::remove(const std::string& name) {
  Directory changed = now_;
  changed.erase(name);
  change_directory(changed);
}

void SimulatedDisk::sync_directory() {
  begin_write();
  const bool power_goes = begin_operation();
  if (!directory_syncs_ignored_) history_ = {now_};
  if (power_goes) throw PowerLoss();
}

bool SimulatedDisk::begin_operation() {
  if (!until_power_loss_.has_value()) return false;
  if ((*until_power_loss_)-- != 0) return false;
  ++power_losses_;
  if (coin()) throw PowerLoss();
  return true;
}

bool SimulatedDisk::fails_now() {
  if (!until_failure_.has_value()) return false;
  if (*until_failure_ == 0) return true;
  --*until_failure_;
  return false;
}

bool SimulatedDisk::read_fails_now() {
  if (!until_read_failure_.has_value() || (*until_read_failure_)-- != 0) return false;
  until_read_failure_.reset();
  ++failed_reads_;
  return true;
}

void SimulatedDisk::begin_read(const std::string& operation, const std::string& name) {
  if (read_fails_now()) throw DiskError(operation, name, read_failure_);
}

void SimulatedDisk::begin_write() {
  if (fails_now()) throw DiskError("sync", "simulated file", failure_);
}

void SimulatedDisk::change_directory(const Directory& changed) {
  if (fails_now()) throw DiskError("change", "simulated directory", failure_);
  const bool power_goes = begin_operation();
  now_ = changed;
  history_.push_back(now_);
  if (power_goes) throw PowerLoss();
}

bool SimulatedDisk::goes_astray_now() {
  if (!until_misdirection_.has_value() || (*until_misdirection_)-- != 0) return false;
  until_misdirection_.reset();
  return true;
}

void SimulatedDisk::misdirect(const std::shared_ptr<Inode>& inode, std::uint64_t offset,
                              std::span<const std::byte> bytes) {
  std::vector<std::byte>& own = inode->bytes;
  own.resize(std::max<std::uint64_t>(own.size(), offset + bytes.size()));
  const std::uint64_t begin = offset / kSector * kSector;
  const std::uint64_t end = (offset + bytes.size() + kSector - 1) / kSector * kSector;
  std::vector<std::byte> sectors = part(own, begin, std::min<std::uint64_t>(end, own.size()));
  put(bytes, sectors, offset - begin);
  const std::shared_ptr<Inode> target = coin() ? inode : any_file();
  if (!target->bytes.empty()) {
    const std::uint64_t to = random_() % ((target->bytes.size() + kSector - 1) / kSector) * kSector;
    // Not where it belongs: then it lands in none of the files.
    if (target != inode || to != begin) land(target, to, sectors);
  }
  misdirected_.push_back({inode, offset, part(own, offset, offset + bytes.size()),
                          std::vector<std::byte>(bytes.begin(), bytes.end())});
}

void SimulatedDisk::land(const std::shared_ptr<Inode>& inode, std::uint64_t offset,
                         std::span<const std::byte> sectors) {
  const std::uint64_t end = std::min<std::uint64_t>(offset + sectors.size(), inode->bytes.size());
  const std::span<const std::byte> landed = sectors.first(end - offset);
  misdirected_.push_back({inode, offset, std::vector<std::byte>(landed.begin(), landed.end()),
                          part(inode->bytes, offset, end)});
  put(landed, inode->bytes, offset);
  if (inode->synced.size() >= end) put(landed, inode->synced, offset);
}

std::shared_ptr<SimulatedDisk::Inode> SimulatedDisk::any_file() {
  auto file = now_.begin();
  std::advance(file, static_cast<std::ptrdiff_t>(random_() % now_.size()));
  return file->second;
}

// The file is as long as it was when it was synced, or as it is now; each dirty sector is as it was
// or as it is.
void SimulatedDisk::lose_sectors(Inode& inode) {
  std::vector<std::byte> survived = inode.synced;
  if (inode.bytes.size() != survived.size() && coin()) survived.resize(inode.bytes.size());
  for (const std::uint64_t sector : inode.dirty_sectors) {
    const std::uint64_t begin = sector * kSector;
    const std::uint64_t end =
        std::min<std::uint64_t>({begin + kSector, inode.bytes.size(), survived.size()});
    if (begin < end && coin()) {
      std::copy(inode.bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                inode.bytes.begin() + static_cast<std::ptrdiff_t>(end),
                survived.begin() + static_cast<std::ptrdiff_t>(begin));
    }
  }
  inode.bytes = survived;
  inode.synced = survived;
  inode.dirty_sectors.clear();
}

}  // namespace outcry
