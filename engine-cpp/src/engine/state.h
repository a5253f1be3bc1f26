// All that the engine knows. Read anywhere in src/engine; changed by the functions of transitions.h
// alone, which is what makes recovery equal to execution.
//
// Single thread.
#pragma once

#include <memory_resource>

#include "book/order_store.h"
#include "engine/engine_settings.h"
#include "engine/expiries.h"
#include "engine/instruments.h"
#include "engine/order_records.h"
#include "engine/references.h"
#include "outcry/result.h"
#include "outcry/types.h"
#include "risk/accounts.h"

namespace outcry {

// An order whose end is to be noticed, by id; what it was is lost with it otherwise.
struct WatchedOrder {
  OrderId order_id = 0;
  bool closed = false;
  OrderState state;  // as it was left, when it closed
};

struct State {
  explicit State(const EngineSettings& engine_settings)
      : settings(engine_settings),
        instruments(memory),
        accounts(engine_settings.expected_accounts),
        records(engine_settings.client_order_id_window, engine_settings.hash_seed,
                engine_settings.expected_client_order_ids),
        references(engine_settings.hash_seed) {
    orders.reserve(engine_settings.expected_open_orders);
  }

  const EngineSettings settings;

  std::pmr::unsynchronized_pool_resource memory;  // of pending stops
  Instruments instruments;
  Accounts accounts;
  OrderStore orders;
  OrderRecords records;
  References references;
  Expiries expiries;

  Sequence last_sequence = 0;
  Timestamp last_time = 0;
  OrderId last_order_id = 0;
  TradeId last_trade_id = 0;

  // No part of the state: for the command that is being executed.
  WatchedOrder watched;

  Instrument& instrument(const Order& order) {
    return instruments[accounts.position(order).instrument];
  }
  const Instrument& instrument(const Order& order) const {
    return instruments[accounts.position(order).instrument];
  }
};

}  // namespace outcry
