#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "pipeline/group.h"

namespace outcry {

// Two groups between sequencer and committer: while one is being committed, the other is filled.
// The sequencer lends a group that it may still add to, and takes it back as long as the committer
// is busy with the one before; so a group grows as long as the disk is busy. A committer that waits
// is given the group with the offer: it could not have woken before the sequencer took it back.
//
// Under load it grows a little longer: when a group waits already as the committer comes for it,
// one that began within the interval is not followed by the next at once, since a sync, a message
// and three threads' wake-ups cost the same for one command as for fifty. What comes to an idle
// committer, or is large enough, never waits: a lone client's answer takes one sync. (The idea is
// that of Nagle's algorithm, RFC 896, and of PostgreSQL's commit_delay.)
//
// A little group that comes to an idle committer when nothing else is at hand the sequencer commits
// itself: what it could do meanwhile is less than the wake-up takes.
//
// Thread-safe: one sequencer at a time, one committer.
class GroupExchange {
 public:
  // Groups of that many bytes or more are not added to. Under load, groups begin no closer together
  // than the interval; 0: at once.
  explicit GroupExchange(std::size_t full_bytes, std::chrono::microseconds interval = {});

  // Sequencer: the group to fill. Waits when the one offered last is full and not begun with.
  Group& acquire();
  // Sequencer: the acquired group may be committed now; `last`: nothing else is at hand. The group:
  // it is the sequencer's to commit, and then to release. Null: the committer's.
  Group* offer(bool last = false);
  // Sequencer: nothing will be offered any more.
  void close();

  // Committer: the group to commit; waits for one. Null: closed, and nothing is left.
  Group* take();
  // Whoever had the group to commit: it is committed, published and clear.
  void release();

  // Whether the committer has nothing to do.
  bool committer_waits() const;

  // Whoever has the group: whether it is not to be added to.
  bool full(const Group& group) const { return group.frame.frame_bytes() >= full_bytes_; }

 private:
  using Time = std::chrono::steady_clock::time_point;

  bool large(const Group& group) const;
  // Waits for something that was given, or that is large enough, or for the interval's end.
  void gather(std::unique_lock<std::mutex>& lock);
  void await(std::unique_lock<std::mutex>& lock);

  const std::size_t full_bytes_;
  const std::chrono::microseconds interval_;
  std::array<Group, 2> groups_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // All below: guarded by mutex_.
  Group* filling_ = nullptr;
  Group* offered_ = nullptr;
  Group* committing_ = nullptr;  // given or taken
  // Something was offered since the last take, even if the sequencer has it back just now.
  bool uncommitted_ = false;
  bool sequencer_waits_ = false;
  bool committer_waits_ = false;
  bool committer_gathers_ = false;
  bool closed_ = false;
  Time began_;
};

}  // namespace outcry
