// One side of a book: the occupied price levels, best first, each a queue of orders.
//
// Levels are ordered by rank: the price for asks, its complement for bids, so that on both sides
// the best level is the one of the lowest rank and there is one code for both.
//
// Cost: adding and removing an order, and finding the next level, touch the leaf of the level alone
// unless the leaf gets its first or loses its last order; then at most one node per factor of 64 in
// the range of prices is touched too.
//
// Thread rule: one thread.
#pragma once

#include <cstdint>

#include "book/level.h"
#include "book/order.h"
#include "book/pointer_map.h"
#include "book/pool.h"
#include "book/prefetch.h"
#include "book/price_step.h"

namespace outcry {

class Ladder {
 public:
  // Prices in this ladder are multiples of `step`.
  Ladder(Side side, Price step)
      : side_(side), flip_(side == Side::kBuy ? kAllPrices : 0), step_(step) {}

  // Lower is better. Price must not be negative.
  std::uint64_t rank(Price price) const { return static_cast<std::uint64_t>(price) ^ flip_; }
  // Of the best level; worse than every price when there is none.
  std::uint64_t best_rank() const { return best_rank_; }
  Level* best() const { return best_; }
  // The occupied level after this one, null at the end. Precondition: `level` is occupied.
  Level* next(const Level& level) const;
  // Of all orders, hidden parts included.
  Quantity quantity() const { return quantity_; }
  void add_quantity(Level& level, Quantity change) {
    level.quantity += change;
    quantity_ += change;
  }

  // At the tail of its price's level.
  void append(Order& order) {
    Level& level = occupy(order.price);
    order.level = &level;
    link_last(level, order);
    ++level.order_count;
    level.iceberg_count += order.iceberg;
    add_quantity(level, order.remaining);
  }

  void remove(Order& order) {
    Level& level = *order.level;
    unlink(order);
    order.level = nullptr;
    level.iceberg_count -= order.iceberg;
    add_quantity(level, -order.remaining);
    if (--level.order_count == 0) vacate(level, order.price);
  }

  // Its level's last in priority from now on.
  static void requeue(Order& order) {
    unlink(order);
    link_last(*order.level, order);
  }

  // For an order of that price that is appended soon, if the level's leaf is there. Price must not
  // be negative.
  void prefetch(Price price) const {
    const std::uint64_t level_key = key(price);
    if (const Leaf* leaf = leaves_.find(level_key >> kLeafBits))
      prefetch_line(&leaf->levels[index_of(level_key)]);
  }

  // Prices are multiples of this tick from now on; what is there stays.
  void set_tick(Price tick);

  std::size_t bytes() const;
  // Aborts naming the invariant that does not hold.
  void check_invariants() const;

 private:
  static constexpr std::uint64_t kAllPrices = (std::uint64_t{1} << 63) - 1;
  static constexpr std::uint64_t kNoRank = ~std::uint64_t{0};

  static void link_last(Level& level, Order& order) {
    order.next = &level;
    order.prev = level.prev;
    level.prev->next = &order;
    level.prev = &order;
  }

  static void unlink(Order& order) {
    order.prev->next = order.next;
    order.next->prev = order.prev;
  }

  // Like the rank, but in steps: the leaf's key and the level's index within it.
  std::uint64_t key(Price price) const {
    return static_cast<std::uint64_t>(step_.count(price)) ^ flip_;
  }

  static unsigned index_of(std::uint64_t level_key) { return level_key & (kLeafLevels - 1); }

  Level& occupy(Price price) {
    OUTCRY_ASSERT(step_.divides(price));
    const std::uint64_t level_key = key(price);
    Leaf* leaf = leaves_.find(level_key >> kLeafBits);
    if (leaf == nullptr) [[unlikely]]
      leaf = &add_leaf(level_key >> kLeafBits);
    const unsigned index = index_of(level_key);
    Level& level = leaf->levels[index];
    leaf->bits |= std::uint64_t{1} << index;
    if (rank(price) < best_rank_) {
      best_ = &level;
      best_rank_ = rank(price);
    }
    return level;
  }

  void vacate(Level& level, Price price) {
    const unsigned index = index_of(key(price));
    Leaf& leaf = Leaf::of(level, index);
    leaf.bits &= ~(std::uint64_t{1} << index);
    const bool was_best = &level == best_;
    const Node* occupied = &leaf;
    if (leaf.bits == 0) [[unlikely]]
      occupied = remove_leaf(leaf);
    if (was_best) set_best(occupied);
  }

  // The best level is the first one below `node`, which is null when no level is left.
  void set_best(const Node* node);
  // The first level below a node that has one.
  Level* first_level(const Node* node) const;
  Node* child(const Node& node, unsigned bit) const;

  Leaf& add_leaf(std::uint64_t leaf_key);
  // Puts a root above the present one.
  void raise_root();
  Node& node_at(std::uint64_t node_key, unsigned height);
  // Removes the leaf and what it leaves empty above it; returns the nearest node left, or null.
  const Node* remove_leaf(Leaf& leaf);
  void destroy(Node& node);

  // Checks what is below the node and adds it to the census.
  struct Census;
  void check_node(const Node& node, Census& census) const;
  void check_level(const Level& level, Price level_price, Census& census) const;

  const Side side_;
  const std::uint64_t flip_;
  PriceStep step_;

  Level* best_ = nullptr;
  std::uint64_t best_rank_ = kNoRank;
  Quantity quantity_ = 0;
  PointerMap<Leaf> leaves_;
  PointerMap<Node> nodes_;  // of height > 0, by map_key()
  // A ladder of one leaf keeps it when it gets empty: a lonely level comes and goes cheaply.
  Node* root_ = nullptr;
  Pool<Leaf> leaf_pool_;
  Pool<Node> node_pool_;
};

}  // namespace outcry
