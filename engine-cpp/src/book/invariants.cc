// What always holds between two calls on a book, checked by tests after every command.
#include <bit>

#include "book/book.h"

namespace outcry {
namespace {

// Ends the process naming what does not hold, as every broken invariant does.
void require(bool holds, const char* invariant) {
  if (!holds) assertion_failed(__FILE__, __LINE__, invariant);
}

}  // namespace

struct Ladder::Census {
  Quantity quantity = 0;
  std::size_t leaves = 0;
  std::size_t nodes = 0;
};

void Ladder::check_invariants() const {
  Census census;
  if (root_ != nullptr) {
    require(root_->parent == nullptr, "the root has no parent");
    check_node(*root_, census);
  }
  require(census.quantity == quantity_, "a side's quantity is the sum of its levels");
  require(census.leaves == leaves_.size(), "every leaf is below the root");
  require(census.nodes == nodes_.size(), "every node is below the root");
  const bool occupied = root_ != nullptr && root_->bits != 0;
  require(best_ == (occupied ? first_level(root_) : nullptr), "best is the first level");
  require(best_rank_ == (occupied ? rank(best_->front().price) : kNoRank),
          "best rank is best's price");
  const Level* previous = nullptr;
  for (const Level* level = best_; level != nullptr; level = next(*level)) {
    require(previous == nullptr || rank(previous->front().price) < rank(level->front().price),
            "levels come in the order of their ranks");
    previous = level;
  }
}

void Ladder::check_node(const Node& node, Census& census) const {
  require(node.bits != 0 || (&node == root_ && node.height == 0),
          "only a leaf that is the root may be empty");
  if (node.height == 0) {
    ++census.leaves;
    for (unsigned i = 0; i < kLeafLevels; ++i) {
      const Level& level = static_cast<const Leaf&>(node).levels[i];
      const bool occupied = (node.bits >> i & 1) != 0;
      require(occupied == (level.order_count != 0), "a level's bit tells whether it has orders");
      const std::uint64_t level_key = node.key << kLeafBits | i;
      // A leaf's other levels may lie outside the range of prices.
      const auto steps = static_cast<std::int64_t>(level_key ^ flip_);
      check_level(level, occupied ? step_.price(steps) : 0, census);
    }
    return;
  }
  ++census.nodes;
  for (std::uint64_t bits = node.bits; bits != 0; bits &= bits - 1) {
    const Node* below = child(node, static_cast<unsigned>(std::countr_zero(bits)));
    require(below != nullptr, "a node's bit has a child");
    require(below->parent == &node, "a child knows its parent");
    check_node(*below, census);
  }
}

void Ladder::check_level(const Level& level, Price level_price, Census& census) const {
  Quantity quantity = 0;
  std::uint32_t orders = 0;
  std::uint32_t icebergs = 0;
  const Links* previous = &level;
  for (const Order& order : level) {
    require(order.prev == previous, "orders are linked both ways");
    require(order.level == &level, "an order knows its level");
    require(order.price == level_price && order.side == side_, "an order is where it belongs");
    require(order.remaining > 0, "a resting order has a remaining quantity");
    require(order.hidden >= 0 && order.hidden < order.remaining, "a resting order shows something");
    require(order.iceberg == (order.display_quantity != 0), "an iceberg is marked");
    require(order.iceberg ? order.displayed() <= order.display_quantity : order.hidden == 0,
            "an order shows its slice at most");
    quantity += order.remaining;
    orders += 1;
    icebergs += order.iceberg;
    previous = &order;
  }
  require(level.prev == previous, "a level's ring is closed");
  require(quantity == level.quantity, "a level's quantity is the sum of its orders");
  require(orders == level.order_count, "a level's count is that of its orders");
  require(icebergs == level.iceberg_count, "a level counts its icebergs");
  census.quantity += quantity;
}

void Book::check_invariants() const {
  for (const Ladder& side : ladders_)
    side.check_invariants();
  const Price bid = best_price(Side::kBuy);
  const Price ask = best_price(Side::kSell);
  require(ask == 0 || bid < ask, "the book is not crossed");
}

}  // namespace outcry
