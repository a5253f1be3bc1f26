#include "pipeline/committer.h"

namespace outcry {

Committer::Committer(JournalWriter& writer, FrameListener& listener)
    : writer_(writer), listener_(listener) {}

void Committer::commit(Group& group) {
  // A group of reads waits for nothing: what they show was in earlier groups.
  if (!group.frame.empty()) writer_.append(group.frame);
  publish(group);
  group.clear();
}

void Committer::publish(const Group& group) {
  const std::span<const Answer> answers(group.answers);
  std::size_t begin = 0;
  for (const Group::Run& run : group.runs) {
    run.recipient->deliver(answers.subspan(begin, run.end - begin), group.fills);
    begin = run.end;
  }
  for (const Group::Run& run : group.runs)
    run.recipient->flush(durable_sequence());
  if (!group.frame.empty()) {
    listener_.on_frame(group.frame.sealed(), group.frame.first_sequence(),
                       group.frame.last_sequence());
  }
}

}  // namespace outcry
