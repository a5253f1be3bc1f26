// Levels of a price ladder, and the tree of bitmaps that finds the occupied ones in price order.
//
// A leaf holds 8 neighbouring levels: few, so that a level far from all others takes little. A node
// of height h > 0 has a bit for each of its 64 possible children of height h - 1 that holds an
// order. Nodes are found by hashing (height, key), so prices may lie anywhere in 63 bits and only
// what is occupied takes memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "book/order.h"

namespace outcry {

// The ring of orders starts and ends here. Empty: linked to itself, all sums zero.
struct Level : Links {
  Quantity quantity = 0;  // of all its orders, hidden parts included
  std::uint32_t order_count = 0;
  std::uint32_t iceberg_count = 0;

  Level() { next = prev = this; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

  Order& front() const { return *static_cast<Order*>(next); }

  // The orders in priority order, for range-for.
  class Iterator {
   public:
    explicit Iterator(const Links* links) : links_(links) {}
    const Order& operator*() const { return *static_cast<const Order*>(links_); }
    Iterator& operator++() {
      links_ = links_->next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return links_ != other.links_; }

   private:
    const Links* links_;
  };
  Iterator begin() const { return Iterator(next); }
  Iterator end() const { return Iterator(this); }
};

static_assert(sizeof(Level) == 32, "two levels to a cache line");

inline constexpr unsigned kLeafBits = 3;
inline constexpr unsigned kLeafLevels = 1u << kLeafBits;
inline constexpr unsigned kNodeBits = 6;
inline constexpr std::uint64_t kNodeMask = (1u << kNodeBits) - 1;

struct Node {
  Node(std::uint64_t node_key, unsigned node_height) : key(node_key), height(node_height) {}

  std::uint64_t key;       // of its first level, without the bits that tell its levels apart
  std::uint64_t bits = 0;  // children, or levels of a leaf, that hold an order
  Node* parent = nullptr;  // null at the root
  unsigned height;         // 0 is a leaf
};

struct alignas(32) Leaf : Node {
  explicit Leaf(std::uint64_t leaf_key) : Node(leaf_key, 0) {}

  Level levels[kLeafLevels];

  // The leaf whose levels[index] that level is.
  static Leaf& of(Level& level, unsigned index) {
    auto* levels = reinterpret_cast<std::byte*>(&level - index);
    return *reinterpret_cast<Leaf*>(levels - sizeof(Node));
  }
};

static_assert(sizeof(Leaf) == sizeof(Node) + sizeof(Level) * kLeafLevels, "Leaf::of counts on it");

}  // namespace outcry
