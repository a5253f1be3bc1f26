#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/frame_follower.h"
#include "pipeline/frame_log.h"
#include "server/event_encoder.h"
#include "server/recent_events.h"
#include "server/subscriber.h"

namespace outcry {

struct FeedSettings {
  std::size_t memory_bytes = std::size_t{64} << 20;  // of encoded events
  std::chrono::milliseconds heartbeat{500};
  // Between two messages to a subscriber that has all before them: a message costs engine and
  // subscribers the same for one event as for a hundred.
  std::chrono::milliseconds interval{0};
  // The stream of a subscriber that has not taken a message for so long ends.
  std::chrono::milliseconds stall{10'000};
  // And when it does not take that either, it is cut.
  std::chrono::milliseconds last_call{10'000};
};

// Serves the event feed. One thread of its own encodes each durable frame once, keeps the newest in
// memory, and sends to every subscriber that can take more what it has not seen: from memory, or,
// further back, encoded anew from the journal's files. Public calls: any thread.
class Feed final : public FrameListener {
 public:
  // Told what cannot be read back of what is durable; must not return.
  using FailStop = std::function<void(const std::string& reason)>;

  // Knows the instruments that the engine knows now, and goes on after its last sequence.
  Feed(const FeedSettings& settings, Disk& disk, const Engine& engine, FailStop fail_stop);
  ~Feed() override;

  void on_durable(Sequence last_sequence) override { durable_sequence_ = last_sequence; }
  void on_frame(std::span<const std::byte> frame, Sequence first_sequence,
                Sequence last_sequence) override;

  // Of what somebody may have been told; its frame comes a moment later.
  Sequence durable_sequence() const { return durable_sequence_; }

  // The stream of a new subscriber, which has seen the event `after_sequence`, whose time was
  // `after_time`; 0: does not say.
  Subscriber* subscribe(grpc::CallbackServerContext& context, Sequence after_sequence,
                        Timestamp after_time);

  std::size_t subscribers() const { return subscriber_count_; }
  // Durable events that the slowest subscriber has not been sent.
  std::uint64_t lag() const { return lag_; }

  // Ends every stream.
  void stop();

 private:
  using SteadyTime = Subscriber::SteadyTime;

  void run();
  void encode_new_frames();
  void encode(std::span<const std::byte> frame);
  bool collect_subscribers();
  void serve_all();
  void pause();
  void serve(Subscriber& subscriber, SteadyTime now);
  void refuse_ahead(Subscriber& subscriber, SteadyTime now) const;
  bool goes_on_here(Subscriber& subscriber, SteadyTime now);
  std::optional<Timestamp> time_of(Sequence sequence) const;
  void patience(Subscriber& subscriber, SteadyTime::duration waited, SteadyTime now);
  void send_from_memory(Subscriber& subscriber, std::size_t index, SteadyTime now);
  void send_from_files(Subscriber& subscriber, SteadyTime now);
  void read_files(Subscriber& subscriber);
  std::size_t send(Subscriber& subscriber, const std::deque<EncodedEvents>& events,
                   std::size_t index, SteadyTime now) const;
  void wake();

  const FeedSettings settings_;
  Disk& disk_;
  const FailStop fail_stop_;
  // The event that memory begins behind.
  const Sequence first_sequence_;
  const Timestamp first_time_;
  std::atomic<Sequence> durable_sequence_;
  FrameLog log_;

  // Of the feed's thread alone.
  EventEncoder encoder_;
  FrameFollower follower_;
  RecentEvents memory_;
  Sequence encoded_sequence_;
  bool all_served_ = true;  // every subscriber was sent all that is encoded
  std::vector<std::unique_ptr<Subscriber>> subscribers_;

  std::atomic<std::size_t> subscriber_count_ = 0;
  std::atomic<std::uint64_t> lag_ = 0;

  std::mutex mutex_;
  std::condition_variable woken_;
  // All below: guarded by mutex_.
  std::vector<std::unique_ptr<Subscriber>> arrivals_;
  bool awake_ = false;
  bool pausing_ = false;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace outcry
