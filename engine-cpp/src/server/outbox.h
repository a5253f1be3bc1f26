#pragma once

#include <cstddef>
#include <list>
#include <span>

#include "outcry/engine/v1/engine.pb.h"
#include "pipeline/answer.h"
#include "server/request_decoder.h"
#include "server/reused.h"

namespace outcry {

// Results on their way to a client, in their order. They gather in one message as long as the one
// before it is being sent, but in more than one when they are so large together that a client might
// not take it. Single thread at a time, except that taken() belongs to who took it.
class Outbox {
 public:
  Outbox() { begin_message(); }

  // `fills` is the list that the answer refers to.
  void add(const Answer& answer, std::span<const Fill> fills);
  void add(std::uint64_t request_id, const Unfit& refusal);

  // The message that goes out next; results may still come to it.
  engine::v1::ResultBatch& next() { return *messages_.front().batch; }
  // How many were not taken.
  std::size_t results() const { return results_; }

  // The next message, which is not touched until sent() is called.
  engine::v1::ResultBatch& take();
  engine::v1::ResultBatch& taken() { return *taken_.front().batch; }
  void sent();

 private:
  struct Message {
    Reused<engine::v1::ResultBatch> batch;
    std::size_t listed = 0;  // results, and what they list
  };

  engine::v1::Result& add_result(std::size_t listed);
  void begin_message();

  std::list<Message> messages_;  // the last one gathers
  std::list<Message> taken_;     // one at most
  std::list<Message> blank_;     // to be used again
  std::size_t results_ = 0;
};

}  // namespace outcry
