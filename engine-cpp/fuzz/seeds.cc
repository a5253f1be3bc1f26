#include "seeds.h"

#include <span>
#include <string>

#include "engine/engine.h"
#include "journal/frame.h"
#include "journal/random_entries.h"
#include "memory_snapshot.h"
#include "outcry/engine/v1/engine.pb.h"
#include "random_stream.h"

namespace outcry::fuzz {
namespace {

namespace pb = engine::v1;

constexpr std::size_t kSeeds = 24;
constexpr std::uint64_t kFirstSeed = 100;

std::vector<std::byte> copy_of(std::span<const std::byte> bytes) {
  return {bytes.begin(), bytes.end()};
}

pb::Command placement(std::uint64_t account, pb::Side side, pb::OrderType type) {
  pb::Command message;
  pb::PlaceOrder& order = *message.mutable_place_order();
  order.set_account_id(account);
  order.set_symbol("A");
  order.set_side(side);
  order.set_type(type);
  order.set_quantity(70);
  if (type != pb::MARKET && type != pb::STOP && type != pb::TRAILING_STOP) order.set_price(100);
  if (type == pb::STOP || type == pb::STOP_LIMIT) order.set_stop_price(101);
  if (type == pb::TRAILING_STOP) order.set_trail_amount(3);
  return message;
}

}  // namespace

Seeds journal_seeds() {
  Seeds seeds;
  RandomEntries random(kFirstSeed);
  for (std::size_t i = 0; i < kSeeds; ++i) {
    Frame frame;
    frame.begin(1);
    for (std::size_t entries = 0; entries <= i % 4; ++entries) {
      const Entry entry = random.entry();
      frame.append(entry.command, entry.time, entry.events);
    }
    const std::span<const std::byte> sealed = frame.seal(ChainPosition{.segment = 1});
    const FrameCheck check = check_frame(sealed);
    seeds.push_back(copy_of(i % 2 == 0 ? sealed : frame_body(sealed, check.header)));
  }
  return seeds;
}

Seeds snapshot_seeds() {
  Seeds seeds;
  for (std::size_t i = 0; i < kSeeds; ++i) {
    test::RandomStream stream(kFirstSeed + i, {1 + i % 3, 2 + i % 4});
    Engine engine(EngineSettings{
        .expected_accounts = 16, .expected_open_orders = 16, .expected_client_order_ids = 16});
    Timestamp now = 0;
    std::vector<Event> events;
    for (const Command& command : stream.opening())
      engine.execute(command, ++now, events);
    for (std::size_t commands = 0; commands < 4 * i; ++commands) {
      events.clear();
      const Command command = stream.next();
      engine.execute(command, ++now, events);
      stream.observe(command, events);
    }
    test::MemorySnapshot snapshot;
    engine.save(snapshot);
    seeds.push_back(snapshot.bytes());
  }
  return seeds;
}

Seeds command_seeds() {
  Seeds seeds;
  pb::CommandBatch all;
  for (int type = pb::LIMIT; type <= pb::TRAILING_STOP; ++type) {
    pb::CommandBatch batch;
    for (const pb::Side side : {pb::BUY, pb::SELL}) {
      for (const std::uint64_t account : {1U, 2U}) {
        pb::Command& message = *batch.add_commands();
        message = placement(account, side, static_cast<pb::OrderType>(type));
        message.mutable_place_order()->set_client_order_id(std::to_string(type));
        *all.add_commands() = message;
      }
    }
    pb::Command& cancel = *batch.add_commands();
    cancel.mutable_cancel_order()->set_account_id(1);
    cancel.mutable_cancel_order()->set_order_id(1);
    pb::Command& replace = *batch.add_commands();
    replace.mutable_replace_order()->set_account_id(2);
    replace.mutable_replace_order()->set_order_id(2);
    replace.mutable_replace_order()->set_price(98);
    replace.mutable_replace_order()->set_quantity(50);
    const std::string bytes = batch.SerializeAsString();
    seeds.push_back(copy_of(std::as_bytes(std::span(bytes))));
  }
  all.add_commands()->mutable_cancel_all()->set_account_id(1);
  all.add_commands()->mutable_suspend_account()->set_account_id(2);
  all.add_commands()->mutable_close_session();
  const std::string bytes = all.SerializeAsString();
  seeds.push_back(copy_of(std::as_bytes(std::span(bytes))));
  return seeds;
}

}  // namespace outcry::fuzz
