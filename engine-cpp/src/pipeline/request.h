// What a client asks of the engine: a command, or a read that is answered in its turn.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "outcry/command.h"
#include "outcry/types.h"

namespace outcry {

class Recipient;

struct GetAccount {
  AccountId account_id = 0;
};

// By order_id, or when that is 0 by client_order_id.
struct GetOrder {
  AccountId account_id = 0;
  OrderId order_id = 0;
  ClientOrderId client_order_id;
};

struct ListInstruments {};

// The checks of a placement, without the placement.
struct CheckOrder {
  PlaceOrder order;
};

using Query = std::variant<GetAccount, GetOrder, ListInstruments, CheckOrder>;

struct Request {
  std::uint64_t request_id = 0;  // the recipient's, echoed
  std::variant<Command, Query> body;
};

// Requests of one recipient, in its order.
struct Batch {
  Recipient* recipient = nullptr;
  std::vector<Request> requests;
};

}  // namespace outcry
