#include "journaled_venue.h"

#include <filesystem>

namespace outcry::bench {
namespace {

constexpr std::uint32_t kEntriesPerFrame = 4'096;
constexpr AccountId kAccounts = 1'000;
constexpr Price kLevels = 1'000;
constexpr Price kMiddle = 10'000;

const JournalSettings kSettings{identity_of({})};

std::string make_directory(const std::string& directory) {
  std::filesystem::create_directory(directory);
  return directory;
}

}  // namespace

JournaledVenue::JournaledVenue(const std::string& directory)
    : directory_(directory),
      disk_(make_directory(directory)),
      spare_(disk_, kSettings.segment_bytes) {
  create_journal(disk_, kSettings);
  writer_ = std::make_unique<JournalWriter>(
      disk_, kSettings, spare_,
      scan_journal(disk_, kSettings.identity, [](Sequence, const Entry&) {}).tail);
}

JournaledVenue::~JournaledVenue() {
  std::filesystem::remove_all(directory_);
}

void JournaledVenue::execute(const Command& command) {
  events_.clear();
  engine_.execute(command, ++time_, events_);
  if (!events_.empty()) frame_.append(command, time_, events_);
  if (frame_.entry_count() >= kEntriesPerFrame) write();
}

void JournaledVenue::write() {
  if (frame_.empty()) return;
  writer_->append(frame_);
  frame_.begin(frame_.last_sequence() + 1);
}

AccountId book_account(std::uint64_t i) {
  return 1 + i % kAccounts;
}

void fill_book(JournaledVenue& venue, std::uint64_t orders) {
  InstrumentTerms terms;
  terms.symbol = Symbol("AAPL");
  terms.currency = Currency("USD");
  terms.max_quantity = 1'000'000;
  venue.execute(DefineInstrument{terms});
  for (AccountId account = 1; account <= kAccounts; ++account) {
    venue.execute(OpenAccount{.account_id = account,
                              .currency = terms.currency,
                              .cash = 1'000'000'000'000,
                              .short_limit = 1'000'000'000});
  }
  for (std::uint64_t i = 0; i < orders; ++i) {
    const bool buys = i % 2 == 0;
    const Price depth = 1 + static_cast<Price>(i / 2 % kLevels);
    venue.execute(PlaceOrder{.account_id = book_account(i),
                             .symbol = terms.symbol,
                             .side = buys ? Side::kBuy : Side::kSell,
                             .quantity = 1 + static_cast<Quantity>(i % 100),
                             .price = buys ? kMiddle - depth : kMiddle + depth,
                             .client_order_id = ClientOrderId("order-" + std::to_string(i))});
  }
}

}  // namespace outcry::bench
