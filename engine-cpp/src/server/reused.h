#pragma once

#include <google/protobuf/arena.h>

namespace outcry {

// A message on an arena, used again and again. Single thread at a time.
template <class Message>
class Reused {
 public:
  Reused() : message_(google::protobuf::Arena::CreateMessage<Message>(&arena_)) {}
  Message& operator*() { return *message_; }
  Message* operator->() { return message_; }
  void clear() {
    arena_.Reset();
    message_ = google::protobuf::Arena::CreateMessage<Message>(&arena_);
  }

 private:
  google::protobuf::Arena arena_;
  Message* message_;
};

}  // namespace outcry
