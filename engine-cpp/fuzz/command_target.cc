#include <google/protobuf/stubs/logging.h>

#include <vector>

#include "engine/engine.h"
#include "journal/entry.h"
#include "outcry/assert.h"
#include "outcry/engine/v1/engine.pb.h"
#include "pipeline/sequencer.h"
#include "server/request_decoder.h"
#include "targets.h"

namespace outcry::fuzz {
namespace {

constexpr std::size_t kMostCommands = 256;

class Nobody final : public Recipient {
 public:
  void deliver(std::span<const Answer>, std::span<const Fill>) override {}
  void flush(Sequence) override {}
};

// A venue where something can happen: two accounts, an instrument, a few orders.
void prepare(Engine& engine) {
  InstrumentTerms terms;
  terms.symbol = Symbol("A");
  terms.currency = Currency("USD");
  terms.max_quantity = 1'000'000'000'000;
  terms.taker_fee_ppm = 1'000;
  std::vector<Command> commands{DefineInstrument{terms, false}};
  for (const AccountId id : {AccountId{1}, AccountId{2}}) {
    commands.emplace_back(OpenAccount{.account_id = id,
                                      .currency = Currency("USD"),
                                      .cash = 1'000'000'000'000,
                                      .short_limit = 1'000'000});
    PlaceOrder order;
    order.account_id = id;
    order.symbol = terms.symbol;
    order.quantity = 100;
    order.side = id == 1 ? Side::kBuy : Side::kSell;
    order.price = id == 1 ? 99 : 101;
    commands.emplace_back(order);
  }
  std::vector<Event> events;
  for (const Command& command : commands)
    engine.execute(command, engine.last_time() + 1, events);
}

}  // namespace

// Whatever was asked, the engine's invariants hold afterwards, and the entries that it caused are
// read from the journal's frame as they were written.
void fuzz_command(Bytes bytes) {
  // It would tell of every text that is no UTF-8.
  static const bool quiet = (google::protobuf::SetLogHandler(nullptr), true);
  (void)quiet;
  engine::v1::CommandBatch batch;
  if (!batch.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  Engine engine(EngineSettings{
      .expected_accounts = 16, .expected_open_orders = 16, .expected_client_order_ids = 16});
  prepare(engine);
  Sequencer sequencer(engine);
  Nobody nobody;
  Group group;
  sequencer.set_clock(1'000);
  sequencer.begin(group);
  std::size_t handled = 0;
  for (const engine::v1::Command& message : batch.commands()) {
    Request request;
    if (decode_request(message, request)) continue;
    if (++handled > kMostCommands) break;
    sequencer.handle(request, nobody, group);
  }
  engine.check_invariants();
  if (group.frame.empty()) return;
  const ChainPosition before{.segment = 1, .sequence = group.frame.first_sequence() - 1};
  const Bytes frame = group.frame.seal(before);
  const FrameCheck check = check_frame(frame);
  OUTCRY_ASSERT(check.fault == FrameFault::kNone);
  Bytes rest = frame_body(frame, check.header);
  for (Entry entry; !rest.empty();) {
    const std::size_t length = decode_entry(rest, entry);
    OUTCRY_ASSERT(length != 0);
    rest = rest.subspan(length);
  }
}

}  // namespace outcry::fuzz
