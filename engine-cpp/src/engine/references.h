// References of adjustments that were made, kept for ever, so that each is made once. A reference
// takes sizeof(AdjustmentRecord) = 56 bytes and 13 to 26 in the table.
//
// Single thread.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/handle_table.h"
#include "outcry/types.h"
#include "risk/accounts.h"

namespace outcry {

enum class Adjusted : std::uint8_t { kCash = 1, kPosition = 2 };

struct AdjustmentRecord {
  std::int64_t amount = 0;
  AccountSlot account = kNoAccount;
  std::uint32_t thing = 0;  // CurrencyIndex or InstrumentIndex
  Adjusted adjusted = Adjusted::kCash;
  Reference reference;

  friend bool operator==(const AdjustmentRecord&, const AdjustmentRecord&) = default;
};

static_assert(sizeof(AdjustmentRecord) == 56);

class References {
 public:
  explicit References(std::uint64_t hash_seed) : hash_seed_(hash_seed) {}

  // The adjustment that was made under that reference; null: none.
  const AdjustmentRecord* find(AccountSlot account, const Reference& reference) const;
  // Precondition: the account has none of that reference.
  void add(const AdjustmentRecord& record);

  const std::vector<AdjustmentRecord>& all() const { return records_; }

 private:
  std::uint32_t hash(AccountSlot account, const Reference& reference) const;

  const std::uint64_t hash_seed_;
  std::vector<AdjustmentRecord> records_;
  HandleTable table_;
};

}  // namespace outcry
