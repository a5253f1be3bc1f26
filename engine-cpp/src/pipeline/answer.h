// What a client is told of its request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "outcry/result.h"
#include "outcry/types.h"

namespace outcry {

// An answer lists no more fills, or canceled orders, than this, whatever one command did: no
// message may grow beyond what a client takes, and the feed tells all.
inline constexpr std::size_t kMostListed = 10'000;

struct Fill {
  TradeId trade_id = 0;
  Price price = 0;
  Quantity quantity = 0;
  Cash fee = 0;
  Liquidity liquidity = Liquidity::kTaker;
  Sequence sequence = 0;
  Cash notional = 0;
  Timestamp time = 0;
};

// A balance sheet with the names of what is held.
struct AccountReply {
  AccountState state;
  std::vector<Symbol> symbols;  // of state.positions
};

struct InstrumentsReply {
  std::vector<InstrumentState> instruments;
};

// The orders as they were left, the first kMostListed of them.
struct CanceledReply {
  std::vector<OrderState> orders;
};

using Reply =
    std::variant<Done, Rejection, OrderResult, AccountReply, InstrumentsReply, CanceledReply>;

struct Answer {
  std::uint64_t request_id = 0;
  // The last event that the request caused or, when it caused none, that touched what it shows.
  Sequence sequence = 0;
  // Of an OrderResult: its fills, in the group's list.
  std::uint32_t first_fill = 0;
  std::uint32_t fill_count = 0;
  Reply reply;
};

// Who is answered. Must live until the flush() after the last answer to what it has asked.
class Recipient {
 public:
  virtual ~Recipient() = default;

  // Answers that are durable, in their order; `fills` is the list that they refer to. Called on the
  // thread that committed them, which everybody waits for: must not block.
  virtual void deliver(std::span<const Answer> answers, std::span<const Fill> fills) = 0;

  // After all deliveries of one group, once.
  virtual void flush(Sequence durable_sequence) = 0;

 private:
  friend class InputQueue;

  std::uint64_t last_queued_ = 0;  // the queue's number of its last batch; guarded by its mutex
};

}  // namespace outcry
