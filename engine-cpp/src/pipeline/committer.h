#pragma once

#include <span>
#include <vector>

#include "journal/writer.h"
#include "pipeline/group.h"

namespace outcry {

// Is shown every frame once it is durable, in order, on the thread that committed it: must
// not block.
class FrameListener {
 public:
  virtual ~FrameListener() = default;
  // All up to that sequence is durable; comes before anybody else can know of it. The frames
  // follow.
  virtual void on_durable(Sequence /*last_sequence*/) {}
  virtual void on_frame(std::span<const std::byte> frame, Sequence first_sequence,
                        Sequence last_sequence) = 0;
};

// Makes a group durable, then lets it be seen: nothing leaves the engine by another way. One thread
// at a time.
class Committer {
 public:
  Committer(JournalWriter& writer, FrameListener& listener);

  // The group is on disk when it returns.
  void write(Group& group);

  // What was written goes to those who asked and to the feed; the group is clear then.
  void publish(Group& group);

 private:
  void deliver(const Group& group);
  Sequence durable_sequence() const { return writer_.position().sequence; }

  JournalWriter& writer_;
  FrameListener& listener_;
  std::vector<Recipient*> delivered_to_;  // in the group at hand
};

}  // namespace outcry
