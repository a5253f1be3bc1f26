// Orders at stable addresses that 32-bit numbers name: slots in one range of addresses, which takes
// memory only as far as it has been used. Freed slots are reused, last freed first.
//
// Thread rule: one thread.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <new>

#include "book/order.h"
#include "book/pages.h"
#include "book/poison.h"

namespace outcry {

class OrderSlots {
 public:
  using Slot = std::uint32_t;
  static constexpr Slot kMostOrders = Slot{1} << 28;

  // Throws std::bad_alloc, as create() does.
  OrderSlots() {
    range_ =
        mmap(nullptr, kRangeBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range_ == MAP_FAILED) throw std::bad_alloc();
    const auto address = reinterpret_cast<std::uintptr_t>(range_);
    const std::uintptr_t aligned = (address + kHugePageBytes - 1) & ~(kHugePageBytes - 1);
    orders_ = reinterpret_cast<Order*>(aligned);
    // Only a hint: without huge pages everything works, a little slower.
    (void)madvise(range_, kRangeBytes, MADV_HUGEPAGE);
  }
  ~OrderSlots() {
    unpoison(orders_, bytes());
    munmap(range_, kRangeBytes);
  }
  OrderSlots(const OrderSlots&) = delete;
  OrderSlots& operator=(const OrderSlots&) = delete;

  Order& create(OrderId id) {
    Order* slot = free_;
    if (slot != nullptr) {
      free_ = static_cast<Order*>(slot->next);
    } else {
      if (used_ >= committed_) [[unlikely]]
        commit();
      slot = orders_ + used_++;
    }
    unpoison(slot, sizeof(Order));
    return *::new (static_cast<void*>(slot)) Order(id);
  }

  void destroy(Order& order) {
    order.next = free_;
    free_ = &order;
    poison(&order.id, sizeof(Order) - sizeof(Links));
  }

  // Never 0.
  Slot slot_of(const Order& order) const { return static_cast<Slot>(&order - orders_); }
  Order& at(Slot slot) const { return orders_[slot]; }

  std::size_t bytes() const { return committed_ * sizeof(Order); }

 private:
  static constexpr std::size_t kRangeBytes = sizeof(Order) * kMostOrders + kHugePageBytes;
  static constexpr std::size_t kCommitted = kHugePageBytes / sizeof(Order);  // at a time

  void commit() {
    if (committed_ == kMostOrders) throw std::bad_alloc();
    void* start = orders_ + committed_;
    if (mprotect(start, kHugePageBytes, PROT_READ | PROT_WRITE) != 0) throw std::bad_alloc();
    committed_ += kCommitted;
  }

  void* range_ = nullptr;
  Order* orders_ = nullptr;
  std::size_t committed_ = 0;
  std::size_t used_ = 1;
  Order* free_ = nullptr;
};

}  // namespace outcry
