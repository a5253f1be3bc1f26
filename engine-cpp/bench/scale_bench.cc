#include "scale_bench.h"

#include <algorithm>
#include <memory>
#include <random>

#include "book/book.h"
#include "book/order_store.h"
#include "stopwatch.h"

namespace outcry::bench {
namespace {

constexpr std::size_t kLevels = 100'000;
constexpr Price kApart = 1'000;  // ticks between lonely levels
constexpr std::size_t kSweep = 10'000;

class Bench {
 public:
  // The ids of what rests, for cancels in random order.
  std::vector<OrderId> rest(std::size_t count, std::size_t levels, Price apart) {
    std::vector<OrderId> ids;
    ids.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      Order& order = store_.create(++last_id_);
      order.side = Side::kSell;
      order.price = apart * static_cast<Price>(1 + random_() % levels);
      order.remaining = 1;
      book_.rest(order);
      ids.push_back(order.id);
    }
    return ids;
  }

  void cancel(const std::vector<OrderId>& ids) {
    for (const OrderId id : ids) {
      Order& order = *store_.find(id);
      book_.remove(order);
      store_.erase(order);
    }
  }

  void sweep(std::size_t orders) {
    for (std::size_t i = 0; i < orders; ++i) {
      Order& maker = *book_.first_against(Side::kBuy, Book::no_limit(Side::kBuy));
      book_.fill(maker, maker.displayed());
      store_.erase(maker);
    }
  }

  template <class T>
  void shuffle(std::vector<T>& values) {
    std::shuffle(values.begin(), values.end(), random_);
  }

  std::size_t bytes() const { return store_.bytes() + book_.bytes(); }

 private:
  std::mt19937_64 random_{42};
  OrderId last_id_ = 0;
  OrderStore store_;
  Book book_{1};
};

template <class Work>
ScaleBenchResult timed(std::string name, std::size_t operations, Work&& work) {
  const Stopwatch stopwatch;
  work();
  const auto count = static_cast<double>(operations);
  return {std::move(name), count, stopwatch.elapsed().wall_seconds * 1e9 / count, 0};
}

void run_case(const std::string& name, std::size_t orders, std::size_t levels, Price apart,
              std::vector<ScaleBenchResult>& results) {
  const auto bench = std::make_unique<Bench>();
  std::vector<OrderId> ids;
  results.push_back(
      timed(name + ": rest", orders, [&] { ids = bench->rest(orders, levels, apart); }));
  results.back().bytes_an_order = static_cast<double>(bench->bytes()) / static_cast<double>(orders);
  bench->shuffle(ids);
  results.push_back(timed(name + ": cancel in random order", orders, [&] { bench->cancel(ids); }));
  bench->rest(orders, levels, apart);
  const std::size_t swept = std::min(orders, kSweep);
  results.push_back(timed(name + ": sweep", swept, [&] { bench->sweep(swept); }));
}

}  // namespace

std::vector<ScaleBenchResult> run_scale_bench(std::size_t orders) {
  std::vector<ScaleBenchResult> results;
  if (orders == 0) return results;
  run_case("1,000 neighbouring levels", orders, 1'000, 1, results);
  run_case("100,000 neighbouring levels", orders, kLevels, 1, results);
  run_case("100,000 lonely levels", orders, kLevels, kApart, results);
  run_case("one level", orders, 1, 1, results);
  return results;
}

}  // namespace outcry::bench
