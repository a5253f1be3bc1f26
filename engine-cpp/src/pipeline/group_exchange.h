#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "pipeline/group.h"

namespace outcry {

// Two groups between sequencer and committer: while one is being committed, the other is filled.
// The sequencer lends a group that it may still add to, and takes it back as long as the committer
// has not begun with it; so a group grows exactly as long as the disk is busy with the one before.
//
// Thread-safe: one sequencer, one committer.
class GroupExchange {
 public:
  // Groups of that many bytes or more are not added to.
  explicit GroupExchange(std::size_t full_bytes);

  // Sequencer: the group to fill. Waits when the one offered last is full and not begun with.
  Group& acquire();
  // Sequencer: the acquired group may be committed now.
  void offer();
  // Sequencer: nothing will be offered any more.
  void close();

  // Committer: the group to commit; waits for one. Null: closed, and nothing is left.
  Group* take();
  // Committer: the taken group is committed, published and clear.
  void release();

 private:
  bool full(const Group& group) const { return group.frame.frame_bytes() >= full_bytes_; }

  const std::size_t full_bytes_;
  std::array<Group, 2> groups_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // All below: guarded by mutex_.
  Group* filling_ = nullptr;
  Group* offered_ = nullptr;
  Group* committing_ = nullptr;
  bool sequencer_waits_ = false;
  bool committer_waits_ = false;
  bool closed_ = false;
};

}  // namespace outcry
