#include "pipeline/committer.h"

#include <algorithm>

namespace outcry {

Committer::Committer(JournalWriter& writer, FrameListener& listener)
    : writer_(writer), listener_(listener) {}

void Committer::write(Group& group) {
  // A group of reads waits for nothing: what they show was in earlier groups.
  if (!group.frame.empty()) writer_.append(group.frame);
}

void Committer::publish(Group& group) {
  if (!group.frame.empty()) listener_.on_durable(group.frame.last_sequence());
  deliver(group);
  if (!group.frame.empty()) {
    listener_.on_frame(group.frame.sealed(), group.frame.first_sequence(),
                       group.frame.last_sequence());
  }
  group.clear();
}

void Committer::deliver(const Group& group) {
  const std::span<const Answer> answers(group.answers);
  delivered_to_.clear();
  std::size_t begin = 0;
  for (const Group::Run& run : group.runs) {
    run.recipient->deliver(answers.subspan(begin, run.end - begin), group.fills);
    delivered_to_.push_back(run.recipient);
    begin = run.end;
  }
  // Each once: a recipient may be gone as soon as it was told that it has everything.
  std::ranges::sort(delivered_to_);
  delivered_to_.erase(std::unique(delivered_to_.begin(), delivered_to_.end()), delivered_to_.end());
  for (Recipient* const recipient : delivered_to_)
    recipient->flush(durable_sequence());
}

}  // namespace outcry
