#pragma once

#include <span>
#include <utility>
#include <vector>

#include "book/prefetch.h"
#include "journal/frame.h"
#include "pipeline/answer.h"

namespace outcry {

// What is made durable together, and the answers that wait for it. One thread at a time: the
// sequencer fills it, the committer (or the sequencer) writes and publishes it, and it is used
// again.
struct Group {
  // Consecutive answers to one recipient end before `end`.
  struct Run {
    Recipient* recipient;
    std::size_t end;
  };

  Frame frame;
  std::vector<Answer> answers;
  std::vector<Fill> fills;
  std::vector<Run> runs;

  bool empty() const { return frame.empty() && answers.empty(); }

  Answer& add_answer(Recipient& recipient) {
    if (runs.empty() || runs.back().recipient != &recipient) runs.push_back({&recipient, 0});
    answers.emplace_back();
    runs.back().end = answers.size();
    return answers.back();
  }

  // Brings what the next answers and entries will be written to into the cache: the committer's
  // processor had it last.
  void prefetch() const {
    constexpr std::size_t kAnswersAhead = 4;
    constexpr std::size_t kBytesAhead = 256;
    prefetch_for_writing(answers.data() + answers.size() + kAnswersAhead, sizeof(Answer));
    frame.prefetch(kBytesAhead);
  }

  void clear() {
    frame.begin(frame.last_sequence() + 1);
    answers.clear();
    fills.clear();
    runs.clear();
  }
};

}  // namespace outcry
