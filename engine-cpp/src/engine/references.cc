#include "engine/references.h"

#include "engine/text_hash.h"
#include "outcry/assert.h"

namespace outcry {

const AdjustmentRecord* References::find(AccountSlot account, const Reference& reference) const {
  const Handle handle = table_.find(hash(account, reference), [&](Handle candidate) {
    const AdjustmentRecord& record = records_[candidate];
    return record.account == account && record.reference == reference;
  });
  return handle == kNoHandle ? nullptr : &records_[handle];
}

void References::add(const AdjustmentRecord& record) {
  OUTCRY_ASSERT(find(record.account, record.reference) == nullptr);
  table_.insert(hash(record.account, record.reference), static_cast<Handle>(records_.size()));
  records_.push_back(record);
}

std::uint32_t References::hash(AccountSlot account, const Reference& reference) const {
  return hash_of(reference, hash_seed_ + account);
}

}  // namespace outcry
