#include "flow.h"

#include <cmath>
#include <cstddef>
#include <deque>
#include <map>
#include <ostream>
#include <unordered_map>

namespace outcry::bench {
namespace {

constexpr std::uint32_t kAccounts = 1'000;
constexpr Price kFirstMiddle = 100'000;
constexpr Price kHalfWidth = 375;
constexpr Price kFullWidth = 2 * kHalfWidth;
constexpr double kDecay = 2.5;  // how fast orders thin out away from the middle

class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}

  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>((next() >> 11) % bound);
  }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t mixed = (state_ ^ (state_ >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
  }

  std::uint64_t state_;
};

// A price-time book with nothing but clarity in mind: it decides what the flow refers to next.
class PlainBook {
 public:
  struct Resting {
    FlowCommand order;
    std::size_t place;  // in `ids_`
  };

  std::size_t size() const { return ids_.size(); }
  const FlowCommand& at(std::size_t place) const { return orders_.at(ids_[place]).order; }

  void place(FlowCommand order) {
    take(order);
    if (order.quantity == 0 || order.time_in_force == TimeInForce::kIoc) return;
    queues(order.side)[rank(order)].push_back(order.id);
    orders_.emplace(order.id, Resting{order, ids_.size()});
    ids_.push_back(order.id);
  }

  void remove(OrderId id) {
    const FlowCommand order = orders_.at(id).order;
    auto& levels = queues(order.side);
    const auto level = levels.find(rank(order));
    std::erase(level->second, id);
    if (level->second.empty()) levels.erase(level);
    forget(id);
  }

  FlowOutcome outcome() const {
    FlowOutcome result = traded_;
    for (const auto& [id, resting] : orders_) {
      const bool buy = resting.order.side == Side::kBuy;
      (buy ? result.bids : result.asks) += 1;
      (buy ? result.bid_quantity : result.ask_quantity) += resting.order.quantity;
    }
    if (!bids_.empty()) result.best_bid = -bids_.begin()->first;
    if (!asks_.empty()) result.best_ask = asks_.begin()->first;
    return result;
  }

 private:
  using Queues = std::map<Price, std::deque<OrderId>>;  // best first

  static Price rank(const FlowCommand& order) {
    return order.side == Side::kBuy ? -order.price : order.price;
  }
  Queues& queues(Side side) { return side == Side::kBuy ? bids_ : asks_; }

  void take(FlowCommand& taker) {
    Queues& makers = queues(opposite(taker.side));
    while (taker.quantity > 0 && !makers.empty() && makers.begin()->first <= -rank(taker)) {
      auto& queue = makers.begin()->second;
      FlowCommand& maker = orders_.at(queue.front()).order;
      const Quantity quantity = std::min(taker.quantity, maker.quantity);
      taker.quantity -= quantity;
      maker.quantity -= quantity;
      traded_.trades += 1;
      traded_.traded += quantity;
      if (maker.quantity > 0) continue;
      forget(maker.id);
      queue.pop_front();
      if (queue.empty()) makers.erase(makers.begin());
    }
  }

  void forget(OrderId id) {
    const std::size_t place = orders_.at(id).place;
    ids_[place] = ids_.back();
    orders_.at(ids_[place]).place = place;
    ids_.pop_back();
    orders_.erase(id);
  }

  Queues bids_;
  Queues asks_;
  std::unordered_map<OrderId, Resting> orders_;
  std::vector<OrderId> ids_;
  FlowOutcome traded_;
};

class Generator {
 public:
  explicit Generator(const FlowSize& size) : size_(size), random_(size.seed) {
    commands_.reserve(size.commands);
  }

  Flow run() {
    for (std::uint64_t i = 0; i < size_.resting; ++i)
      add_resting(i % 2 == 1 ? Side::kBuy : Side::kSell);
    while (commands_.size() < size_.commands)
      step();
    return Flow{std::move(commands_), book_.outcome()};
  }

 private:
  void step() {
    const std::uint32_t roll = random_.below(100);
    if (random_.below(64) == 0) middle_ += static_cast<Price>(random_.below(3)) - 1;
    if (roll < 9 || book_.size() < size_.resting / 2) {
      add_resting(any_side());
    } else if (roll < 12) {
      add_taker();
    } else if (book_.size() > 0) {
      if (roll < 18) {
        cancel();
      } else {
        move();
      }
    }
  }

  void add_resting(Side side) {
    const Quantity quantity = 1 + random_.below(100);
    add(side, passive_price(side), quantity, TimeInForce::kGtc);
  }

  void add_taker() {
    const Side side = any_side();
    const Price price = side == Side::kBuy ? middle_ + kFullWidth : middle_ - kFullWidth;
    add(side, price, 1 + random_.below(120), TimeInForce::kIoc);
  }

  void add(Side side, Price price, Quantity quantity, TimeInForce time_in_force) {
    const std::uint32_t account = 1 + random_.below(kAccounts);
    const FlowCommand order{++last_id_, price,        quantity, account, FlowCommand::Kind::kNew,
                            side,       time_in_force};
    commands_.push_back(order);
    book_.place(order);
  }

  void cancel() {
    const FlowCommand order = any_order();
    FlowCommand command{.id = order.id, .account = order.account};
    command.kind = FlowCommand::Kind::kCancel;
    commands_.push_back(command);
    book_.remove(order.id);
  }

  void move() {
    FlowCommand order = any_order();
    order.price = random_.below(100) < 4 ? crossing_price(order.side) : passive_price(order.side);
    FlowCommand command{.id = order.id, .price = order.price, .account = order.account};
    command.kind = FlowCommand::Kind::kMove;
    commands_.push_back(command);
    book_.remove(order.id);
    book_.place(order);
  }

  Side any_side() { return random_.below(2) == 1 ? Side::kBuy : Side::kSell; }
  FlowCommand any_order() {
    return book_.at(random_.below(static_cast<std::uint32_t>(book_.size())));
  }

  Price passive_price(Side side) {
    const double uniform = (random_.below(1'000'000) + 1) / 1'000'001.0;
    const double depth = -std::log(uniform) * static_cast<double>(kHalfWidth) / kDecay;
    const Price distance = std::min(1 + static_cast<Price>(depth), kFullWidth);
    return side == Side::kBuy ? middle_ - distance : middle_ + distance;
  }

  Price crossing_price(Side side) {
    const Price distance = random_.below(8);
    return side == Side::kBuy ? middle_ + distance : middle_ - distance;
  }

  const FlowSize size_;
  SplitMix random_;
  Price middle_ = kFirstMiddle;
  OrderId last_id_ = 0;
  PlainBook book_;
  std::vector<FlowCommand> commands_;
};

}  // namespace

Flow generate_flow(const FlowSize& size) {
  return Generator(size).run();
}

void write_flow(const std::vector<FlowCommand>& commands, std::ostream& out) {
  for (const FlowCommand& command : commands) {
    switch (command.kind) {
      case FlowCommand::Kind::kNew:
        out << "N " << command.id << ' ' << command.account << ' '
            << (command.side == Side::kBuy ? 'B' : 'S') << ' ' << command.price << ' '
            << command.quantity << ' ' << (command.time_in_force == TimeInForce::kIoc ? 'I' : 'G')
            << '\n';
        break;
      case FlowCommand::Kind::kCancel:
        out << "C " << command.id << ' ' << command.account << '\n';
        break;
      case FlowCommand::Kind::kMove:
        out << "M " << command.id << ' ' << command.account << ' ' << command.price << '\n';
        break;
    }
  }
}

std::ostream& operator<<(std::ostream& out, const FlowOutcome& outcome) {
  return out << outcome.trades << " trades of " << outcome.traded << " lots; " << outcome.bids
             << " bids holding " << outcome.bid_quantity << ", best " << outcome.best_bid << "; "
             << outcome.asks << " asks holding " << outcome.ask_quantity << ", best "
             << outcome.best_ask;
}

}  // namespace outcry::bench
