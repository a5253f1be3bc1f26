#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/engine.h"
#include "pipeline/group.h"
#include "pipeline/request.h"

namespace outcry {

// Gives each request its place and time, has the engine execute it, and puts entry and answer into
// a group. Single thread.
class Sequencer {
 public:
  explicit Sequencer(Engine& engine);

  // The time of what follows; never goes back, whatever the clock does.
  void set_clock(Timestamp now);

  // Makes an empty group one that goes on where the engine is.
  void begin(Group& group) const;

  void handle(const Request& request, Recipient& recipient, Group& group);

  // Brings what the next requests will touch into the cache; called before each is handled. `rest`
  // begins with it.
  void prefetch(std::span<const Request> rest, const Group& group) const;

  // Expires what is due. Comes before each request by itself; call it when there is none.
  void tick(Group& group);

 private:
  Timestamp next_time();
  Outcome execute(const Command& command, Group& group);
  void answer(const Command& command, Recipient& recipient, std::uint64_t request_id, Group& group);
  void answer(const Query& query, Recipient& recipient, std::uint64_t request_id, Group& group);

  Engine& engine_;
  Timestamp clock_ = 0;
  Timestamp last_time_;
  std::vector<Event> events_;  // of the command at hand
};

}  // namespace outcry
