#include "book/ladder.h"

#include <bit>
#include <numeric>
#include <vector>

namespace outcry {
namespace {

// Heights are 0 to 10: the leaves' 60 bits of key, 6 bits a node.
std::uint64_t map_key(std::uint64_t node_key, unsigned height) {
  return node_key << 4 | height;
}

unsigned bit_in_parent(const Node& node) {
  return node.key & kNodeMask;
}

std::uint64_t bit(unsigned index) {
  return std::uint64_t{1} << index;
}

unsigned lowest(std::uint64_t bits) {
  return static_cast<unsigned>(std::countr_zero(bits));
}

}  // namespace

Level* Ladder::next(const Level& level) const {
  unsigned index = index_of(key(level.front().price));
  const Node* node = &Leaf::of(const_cast<Level&>(level), index);
  while (node != nullptr) {
    // Shifted in two steps, since a shift by 64 means nothing.
    const std::uint64_t later = node->bits >> index >> 1;
    if (later != 0) {
      const unsigned found = index + 1 + lowest(later);
      if (node->height != 0) return first_level(child(*node, found));
      return const_cast<Level*>(&static_cast<const Leaf*>(node)->levels[found]);
    }
    index = bit_in_parent(*node);
    node = node->parent;
  }
  return nullptr;
}

Node* Ladder::child(const Node& node, unsigned bit) const {
  const std::uint64_t child_key = node.key << kNodeBits | bit;
  if (node.height == 1) return leaves_.find(child_key);
  return nodes_.find(map_key(child_key, node.height - 1));
}

Level* Ladder::first_level(const Node* node) const {
  while (node->height != 0)
    node = child(*node, lowest(node->bits));
  const Level& level = static_cast<const Leaf*>(node)->levels[lowest(node->bits)];
  return const_cast<Level*>(&level);
}

void Ladder::set_best(const Node* node) {
  best_ = node == nullptr ? nullptr : first_level(node);
  best_rank_ = best_ == nullptr ? kNoRank : rank(best_->front().price);
}

Leaf& Ladder::add_leaf(std::uint64_t leaf_key) {
  if (root_ != nullptr && root_->bits == 0) {
    destroy(*root_);
    root_ = nullptr;
  }
  Leaf& leaf = leaf_pool_.create(leaf_key);
  leaves_.insert(leaf_key, leaf);
  if (root_ == nullptr) {
    root_ = &leaf;
    return leaf;
  }
  while (leaf_key >> (kNodeBits * root_->height) != root_->key)
    raise_root();
  Node* node = &leaf;
  while (node != root_) {
    Node& parent = node_at(node->key >> kNodeBits, node->height + 1);
    node->parent = &parent;
    const bool was_linked = parent.bits != 0;
    parent.bits |= bit(bit_in_parent(*node));
    if (was_linked) break;
    node = &parent;
  }
  return leaf;
}

void Ladder::raise_root() {
  Node& above = node_at(root_->key >> kNodeBits, root_->height + 1);
  above.bits = bit(bit_in_parent(*root_));
  root_->parent = &above;
  root_ = &above;
}

Node& Ladder::node_at(std::uint64_t node_key, unsigned height) {
  if (Node* found = nodes_.find(map_key(node_key, height))) return *found;
  Node& node = node_pool_.create(node_key, height);
  nodes_.insert(map_key(node_key, height), node);
  return node;
}

const Node* Ladder::remove_leaf(Leaf& leaf) {
  if (&leaf == root_) return nullptr;
  Node* node = &leaf;
  while (node->bits == 0) {
    Node* parent = node->parent;
    const unsigned index = bit_in_parent(*node);
    destroy(*node);
    if (parent == nullptr) {
      root_ = nullptr;
      return nullptr;
    }
    parent->bits &= ~bit(index);
    node = parent;
  }
  return node;
}

void Ladder::destroy(Node& node) {
  if (node.height == 0) {
    leaves_.erase(node.key);
    leaf_pool_.destroy(static_cast<Leaf&>(node));
  } else {
    nodes_.erase(map_key(node.key, node.height));
    node_pool_.destroy(node);
  }
}

void Ladder::set_tick(Price tick) {
  std::vector<Order*> orders;
  while (best_ != nullptr) {
    orders.push_back(&best_->front());
    remove(best_->front());
  }
  // A divisor of both ticks suits the orders that are there as well as those to come.
  step_ = PriceStep(orders.empty() ? tick : std::gcd(tick, step_.size()));
  if (root_ != nullptr) destroy(*root_);
  root_ = nullptr;
  for (Order* order : orders)
    append(*order);
}

std::size_t Ladder::bytes() const {
  return leaves_.bytes() + nodes_.bytes() + leaf_pool_.bytes() + node_pool_.bytes();
}

}  // namespace outcry
