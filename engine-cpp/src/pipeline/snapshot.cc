#include "pipeline/snapshot.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "journal/cursor.h"
#include "pipeline/recovered_engine.h"

namespace outcry {
namespace {

// Applies the journal's frames to a loaded state, each the continuation of the one before.
class CatchUp {
 public:
  CatchUp(Disk& disk, LoadedEngine& loaded)
      : cursor_(disk, loaded.position.position.sequence),
        engine_(loaded.engine),
        position_(loaded.position) {}

  void run(Sequence durable_sequence, const std::stop_token& stop) {
    while (position_.position.sequence < durable_sequence) {
      if (stop.stop_requested()) throw SnapshotAbandoned();
      apply(cursor_.next());
      position_ = cursor_.position();
    }
  }

  const JournalTail& position() const { return position_; }

 private:
  void apply(std::span<const std::byte> frame) {
    FrameHeader header;
    std::memcpy(&header, frame.data(), sizeof header);
    const ChainPosition& before = position_.position;
    if (header.first_sequence != before.sequence + 1 || header.previous_hash != before.hash) {
      damaged("a frame does not continue the one before it (hash chain)");
    }
    std::span<const std::byte> body = frame_body(frame, header);
    for (Sequence next = header.first_sequence; !body.empty(); next += entry_.events.size()) {
      const std::size_t length = decode_entry(body, entry_);
      if (length == 0 || entry_.events.empty()) damaged("a frame's entry cannot be read");
      engine_.apply(entry_.command, entry_.time, next, entry_.events);
      body = body.subspan(length);
    }
  }

  [[noreturn]] void damaged(const std::string& reason) const {
    const JournalTail& at = cursor_.position();
    throw JournalDamage(segment_name(at.position.segment), at.offset,
                        position_.position.sequence + 1, reason + ", it ends there");
  }

  JournalCursor cursor_;
  Engine& engine_;
  JournalTail position_;
  Entry entry_;
};

SnapshotHeader write_snapshot(Disk& disk, const EngineSettings& settings, const Engine& engine,
                              const JournalTail& position, std::uint64_t reserve_bytes,
                              const std::stop_token& stop) {
  SnapshotFileWriter writer(disk, identity_of(settings), reserve_bytes, stop);
  try {
    engine.save(writer);
    return writer.publish(position);
  } catch (const SnapshotAbandoned&) {
    writer.discard();
    throw;
  } catch (const DiskError& failure) {
    if (failure.cause() == ENOSPC || failure.cause() == EDQUOT) writer.discard();
    throw;
  }
}

}  // namespace

TakenSnapshot take_snapshot(Disk& disk, const EngineSettings& settings, Sequence durable_sequence,
                            std::uint64_t reserve_bytes, const std::stop_token& stop) {
  LoadedEngine loaded = load_newest_snapshot(disk, settings, stop);
  const Sequence previous = loaded.position.position.sequence;
  TakenSnapshot taken;
  if (durable_sequence > previous) {
    CatchUp catch_up(disk, loaded);
    catch_up.run(durable_sequence, stop);
    taken = save_snapshot(disk, settings, loaded.engine, catch_up.position(), previous,
                          reserve_bytes, stop);
  }
  taken.passed_over = std::move(loaded.passed_over);
  return taken;
}

TakenSnapshot save_snapshot(Disk& disk, const EngineSettings& settings, const Engine& engine,
                            const JournalTail& position, Sequence previous,
                            std::uint64_t reserve_bytes, const std::stop_token& stop) {
  const SnapshotHeader header =
      write_snapshot(disk, settings, engine, position, reserve_bytes, stop);
  keep_snapshots(disk, header.sequence, previous);
  return {header.sequence, header.body_bytes, header.sequence - previous, {}};
}

}  // namespace outcry
