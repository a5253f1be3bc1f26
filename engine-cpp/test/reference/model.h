// What the engine must do, written from the design for being read, not for speed: everything is
// looked for by going through all of it, holds are summed up anew whenever they are asked for, and
// fill-or-kill is tried on a copy. It shares no code with the engine but the structures of the
// public interface.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "outcry/command.h"
#include "outcry/event.h"
#include "outcry/result.h"

namespace outcry::reference {

__extension__ typedef __int128 Integer;

enum class Stage { kWaiting, kActive, kResting };

struct ModelOrder {
  OrderId id = 0;
  PlaceOrder terms;  // as they stand
  PlaceOrder sent;
  Stage stage = Stage::kActive;
  OrderStatus closed_as = OrderStatus::kNew;
  CancelReason reason = CancelReason::kNone;
  Quantity filled = 0;
  Quantity shown = 0;  // of a resting order
  Price best = 0;      // last price since acceptance, of a trailing stop; 0: none yet
  Cash notional = 0;
  Cash fees = 0;
  Timestamp created_at = 0;
  Timestamp updated_at = 0;

  Quantity remaining() const { return terms.quantity - filled; }
  bool buys() const { return terms.side == Side::kBuy; }
  bool is_limit() const {
    return terms.type == OrderType::kLimit || terms.type == OrderType::kStopLimit;
  }
};

struct ModelAccount {
  AccountId id = 0;
  bool suspended = false;
  Quantity short_limit = 0;
  Sequence last_sequence = 0;
  std::map<std::string, Cash> cash;            // by currency; those it ever had to do with
  std::map<std::string, Cash> credit;          // by currency
  std::map<std::string, Quantity> positions;   // by symbol
  std::map<std::string, Command> adjustments;  // by reference
};

struct ModelInstrument {
  InstrumentTerms terms;
  Price last = 0;
  std::vector<OrderId> bids;  // in order of arrival, whatever the price
  std::vector<OrderId> asks;
};

// What a command is answered with: the order when there is one.
struct Answer {
  RejectCode code = RejectCode::kNone;
  bool duplicate = false;
  OrderId order_id = 0;
};

class Model {
 public:
  Model();

  Answer execute(const Command& command, Timestamp now, std::vector<Event>& events);

  bool due(Timestamp now) const;
  const std::map<AccountId, ModelAccount>& accounts() const { return accounts_; }
  const std::vector<ModelInstrument>& instruments() const { return instruments_; }
  // Null when it was never accepted, or closed and is remembered no more.
  const ModelOrder* order(OrderId id) const;
  std::vector<OrderId> open_ids() const;
  OrderState state_of(const ModelOrder& order) const;
  // Held cash by (account, currency), held positions by (account, symbol).
  using Holds = std::map<std::pair<AccountId, std::string>, Integer>;
  Holds cash_holds() const;
  Holds position_holds() const;
  std::vector<RestingOrder> resting(const ModelInstrument& instrument, Side side) const;

 private:
  // Of orders that closed and can still be asked for; apart, since copies do without.
  struct Memory {
    std::map<OrderId, ModelOrder> closed;
    std::map<std::pair<AccountId, std::string>, OrderId> client_order_ids;  // the last of each
  };

  // ---- Commands
  Answer run(const PlaceOrder& command);
  Answer run(const CancelOrder& command);
  Answer run(const ReplaceOrder& command);
  Answer run(const CancelAll& command);
  Answer run(const OpenAccount& command);
  Answer run(const AdjustCash& command);
  Answer run(const AdjustPosition& command);
  Answer run(const SetLimits& command);
  Answer run(const SuspendAccount& command);
  Answer run(const ResumeAccount& command);
  Answer run(const DefineInstrument& command);
  Answer run(const SetInstrumentStatus& command);
  Answer run(const CloseSession& command);
  Answer run(const Tick& command);

  void replace(ModelOrder& order, const ReplaceOrder& command);

  // ---- Checks
  RejectCode check_new(const PlaceOrder& order) const;
  RejectCode check_replace(const ModelOrder& order, const ReplaceOrder& command) const;
  static bool only_reduces(const ModelOrder& order, const ReplaceOrder& command);
  static PlaceOrder wanted_terms(const ModelOrder& order, const ReplaceOrder& command);
  RejectCode check_quantity(const ModelInstrument& in, Quantity quantity) const;
  RejectCode check_prices(const ModelInstrument& in, const PlaceOrder& order) const;
  bool options_are_consistent(const ModelInstrument& in, const PlaceOrder& order) const;
  static bool shows_too_often(const PlaceOrder& order);
  bool is_outside_band(const ModelInstrument& in, Price price) const;
  RejectCode check_notional(const ModelInstrument& in, const PlaceOrder& order) const;
  RejectCode check_means(const ModelInstrument& in, const PlaceOrder& order, Quantity quantity,
                         OrderId instead_of) const;
  bool would_take(const ModelInstrument& in, const PlaceOrder& order) const;
  bool holds_fit(const InstrumentTerms& terms) const;
  const ModelOrder* first_of(const PlaceOrder& order) const;

  // ---- Matching
  void match(ModelOrder& taker);
  bool match_until_done(ModelOrder& taker, Price reference);
  bool prevent_self_trade(ModelOrder& maker, ModelOrder& taker);
  bool would_fill(const ModelOrder& taker) const;
  ModelOrder* best_against(const ModelOrder& taker);
  void trade(ModelOrder& maker, ModelOrder& taker, Quantity quantity);
  void book_side(ModelOrder& order, const Traded& event, Cash fee);
  void set_last(ModelInstrument& in, Price price);
  Quantity payable(const ModelOrder& taker, Price price, Quantity most) const;
  void rest(ModelOrder& order);
  void leave_book(ModelOrder& order);
  void run_triggers(const std::string& symbol);
  bool triggers(const ModelOrder& order, Price last) const;

  // ---- Endings
  void cancel(ModelOrder& order, CancelReason reason);
  void cancel_part(ModelOrder& order, Quantity quantity, CancelReason reason);
  void cancel_open(AccountId account, const Symbol& symbol, CancelReason reason);
  void expire(ModelOrder& order);
  void close(ModelOrder& order, OrderStatus status, CancelReason reason);

  // ---- Looking things up
  ModelInstrument* instrument(const Symbol& symbol);
  const ModelInstrument* instrument(const Symbol& symbol) const;
  InstrumentIndex index_of(const ModelInstrument& in) const;
  ModelAccount* account(AccountId id);
  const ModelAccount* account(AccountId id) const;
  ModelOrder* open_order(AccountId account_id, OrderId id);
  Integer available(AccountId account_id, const std::string& currency, OrderId without) const;
  Integer held(AccountId account_id, const std::string& currency, OrderId without) const;
  Integer free_position(AccountId account_id, const std::string& symbol, OrderId without) const;

  // ---- Arithmetic
  static Integer notional(const InstrumentTerms& terms, Price price, Quantity quantity);
  static Integer fee(Integer notional, std::int32_t ppm);
  static Integer hold(const InstrumentTerms& terms, Price price, Quantity quantity);
  static Price stop_price(const ModelOrder& order);

  void emit(const Event& event, std::initializer_list<AccountId> touched);
  void forget();

  std::map<AccountId, ModelAccount> accounts_;
  std::vector<ModelInstrument> instruments_;
  std::map<OrderId, ModelOrder> open_;
  std::shared_ptr<Memory> memory_ = std::make_shared<Memory>();
  OrderId last_order_id_ = 0;
  TradeId last_trade_id_ = 0;
  Sequence last_sequence_ = 0;

  Timestamp now_ = 0;
  std::vector<Event>* events_ = nullptr;
};

}  // namespace outcry::reference
