#pragma once

#include <span>

#include "journal/writer.h"
#include "pipeline/group.h"

namespace outcry {

// Is shown every frame once it is durable, in order, on the committer's thread: must not block.
class FrameListener {
 public:
  virtual ~FrameListener() = default;
  virtual void on_frame(std::span<const std::byte> frame, Sequence first_sequence,
                        Sequence last_sequence) = 0;
};

// Makes a group durable, then lets it be seen: nothing leaves the engine by another way. One thread
// at a time.
class Committer {
 public:
  Committer(JournalWriter& writer, FrameListener& listener);

  // Leaves the group clear.
  void commit(Group& group);

  Sequence durable_sequence() const { return writer_.position().sequence; }

 private:
  void publish(const Group& group);

  JournalWriter& writer_;
  FrameListener& listener_;
};

}  // namespace outcry
