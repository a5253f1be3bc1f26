#include "journal/head.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>

#include "journal/crc32c.h"
#include "journal/damage.h"

namespace outcry {
namespace {

constexpr const char* kNewName = "head-new";
constexpr std::uint64_t kMagic = 0x3148'5952'4354'554F;  // "OUTCRYH1"

struct HeadFile {
  std::uint64_t magic;
  std::uint16_t format;
  std::uint16_t engine_group;
  std::uint32_t reserved;
  std::uint64_t segment;
  Sequence sequence;
  std::uint64_t hash;
  std::uint64_t reserved_too[2];
  std::uint32_t reserved_as_well;
  std::uint32_t crc;  // CRC-32C of all the fields above
};
static_assert(sizeof(HeadFile) == kFrameAlignment);

std::uint32_t crc_of(const HeadFile& head) {
  return crc32c(std::as_bytes(std::span(&head, 1)).first(offsetof(HeadFile, crc)));
}

}  // namespace

ChainPosition read_head(Disk& disk, const JournalIdentity& identity) {
  const std::vector<std::string> names = disk.list();
  if (std::ranges::find(names, kHeadName) == names.end()) return {.segment = 1};
  HeadFile head{};
  const std::span<std::byte> bytes = std::as_writable_bytes(std::span(&head, 1));
  const auto damaged = [](const std::string& reason) {
    throw JournalDamage(kHeadName, 0, 1, reason);
  };
  const std::unique_ptr<File> file = disk.open(kHeadName);
  if (file->size() != bytes.size() || file->read(0, bytes) != bytes.size()) damaged("its length");
  if (head.magic != kMagic || head.crc != crc_of(head)) damaged("its contents");
  if (head.format != kJournalFormat) damaged("of a format that this release does not know");
  if (head.engine_group != identity.engine_group) damaged("of another engine group");
  return {.segment = head.segment, .sequence = head.sequence, .hash = head.hash};
}

void write_head(Disk& disk, const JournalIdentity& identity, const ChainPosition& position) {
  HeadFile head{};
  head.magic = kMagic;
  head.format = kJournalFormat;
  head.engine_group = identity.engine_group;
  head.segment = position.segment;
  head.sequence = position.sequence;
  head.hash = position.hash;
  head.crc = crc_of(head);
  const std::unique_ptr<File> file = disk.create(kNewName);
  file->write(0, std::as_bytes(std::span(&head, 1)));
  file->sync();
  disk.rename(kNewName, kHeadName);
  disk.sync_directory();
}

}  // namespace outcry
