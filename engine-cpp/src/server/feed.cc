#include "server/feed.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "journal/damage.h"
#include "journal/event_time.h"
#include "server/log.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

// Durable frames wait for their encoding in that much memory, beyond it in the journal's files.
constexpr std::size_t kRawBytes = std::size_t{16} << 20;
constexpr std::size_t kMessageBytes = std::size_t{256} << 10;
constexpr int kFramesAtATime = 64;
constexpr std::chrono::milliseconds kLook{100};
constexpr std::chrono::milliseconds kStopPatience{500};

const grpc::Status kStopping{grpc::StatusCode::UNAVAILABLE, "the engine is stopping"};

// An EventBatch of this field alone; behind other EventBatches it is theirs.
grpc::Slice durable_slice(Sequence durable_sequence) {
  pb::EventBatch batch;
  batch.set_durable_sequence(durable_sequence);
  return grpc::Slice(batch.SerializeAsString());
}

// Ends the stream of a subscriber for whom durable events cannot be read back.
void cut_off(Subscriber& subscriber, const std::exception& failure, Subscriber::SteadyTime now) {
  log(Level::kError, std::string("a subscriber was cut: ") + failure.what());
  subscriber.end({grpc::StatusCode::DATA_LOSS, failure.what()}, now);
}

}  // namespace

Feed::Feed(const FeedSettings& settings, Disk& disk, const Engine& engine, FailStop fail_stop)
    : settings_(settings),
      disk_(disk),
      fail_stop_(std::move(fail_stop)),
      first_sequence_(engine.last_sequence()),
      first_time_(engine.last_time()),
      durable_sequence_(engine.last_sequence()),
      log_(kRawBytes, engine.last_sequence()),
      encoder_(engine),
      follower_(log_, disk, engine.last_sequence()),
      memory_(settings.memory_bytes),
      encoded_sequence_(engine.last_sequence()),
      thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "feed");
}

Feed::~Feed() {
  stop();
}

void Feed::on_frame(std::span<const std::byte> frame, Sequence first_sequence,
                    Sequence last_sequence) {
  log_.on_frame(frame, first_sequence, last_sequence);
  wake();
}

Subscriber* Feed::subscribe(grpc::CallbackServerContext& context, Sequence after_sequence,
                            Timestamp after_time) {
  auto subscriber =
      std::make_unique<Subscriber>(context, after_sequence, after_time, [this] { wake(); });
  Subscriber* const reactor = subscriber.get();
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) subscriber->end(kStopping, std::chrono::steady_clock::now());
    arrivals_.push_back(std::move(subscriber));
  }
  wake();
  return reactor;
}

void Feed::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    awake_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Feed::wake() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(awake_, true) || pausing_) return;
  woken_.notify_one();
}

void Feed::run() {
  while (collect_subscribers()) {
    encode_new_frames();
    serve_all();
    pause();
  }
}

// Lets events gather for a moment, when everybody has all that there is.
void Feed::pause() {
  if (!all_served_ || encoded_sequence_ < log_.durable_sequence()) return;
  std::unique_lock lock(mutex_);
  pausing_ = true;
  woken_.wait_for(lock, settings_.interval, [this] { return stopping_; });
  pausing_ = false;
}

// Waits for work. False: stopped, and every stream has ended.
bool Feed::collect_subscribers() {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, kLook, [this] { return awake_; });
  awake_ = false;
  std::ranges::move(arrivals_, std::back_inserter(subscribers_));
  arrivals_.clear();
  const bool stopping = stopping_;
  lock.unlock();

  std::erase_if(subscribers_, [](const auto& subscriber) { return subscriber->over(); });
  if (!stopping) return true;
  for (const std::unique_ptr<Subscriber>& subscriber : subscribers_) {
    const SteadyTime now = std::chrono::steady_clock::now();
    if (!subscriber->ended()) subscriber->end(kStopping, now);
    if (now - subscriber->sent_at() > kStopPatience) subscriber->cut();
  }
  return !subscribers_.empty();
}

void Feed::encode_new_frames() {
  try {
    for (int i = 0; i < kFramesAtATime; ++i) {
      const std::span<const std::byte> frame = follower_.next();
      if (frame.empty()) return;
      encode(frame);
    }
    wake();
  } catch (const std::exception& failure) {
    fail_stop_(failure.what());
  }
}

void Feed::encode(std::span<const std::byte> frame) {
  encoder_.encode(frame, encoded_sequence_,
                  [this](const pb::EventBatch& batch) { memory_.add(batch); });
  encoded_sequence_ = follower_.sequence();
}

void Feed::serve_all() {
  const SteadyTime now = std::chrono::steady_clock::now();
  const Sequence durable = std::max(durable_sequence(), encoded_sequence_);
  Sequence slowest = durable;
  for (const std::unique_ptr<Subscriber>& subscriber : subscribers_) {
    serve(*subscriber, now);
    slowest = std::min(slowest, subscriber->position());
  }
  subscriber_count_ = subscribers_.size();
  all_served_ = slowest >= encoded_sequence_;
  lag_ = durable - slowest;
}

void Feed::serve(Subscriber& subscriber, SteadyTime now) {
  subscriber.settle(now);
  if (!subscriber.ready()) return patience(subscriber, now - subscriber.sent_at(), now);
  if (subscriber.position() > encoded_sequence_) return refuse_ahead(subscriber, now);
  if (!goes_on_here(subscriber, now)) return;
  if (subscriber.position() == encoded_sequence_) {
    if (now - subscriber.sent_at() < settings_.heartbeat) return;
    const grpc::Slice heartbeat = durable_slice(durable_sequence());
    subscriber.send(grpc::ByteBuffer(&heartbeat, 1), subscriber.position(), now);
  } else if (const std::size_t index = memory_.find(subscriber.position());
             index < memory_.runs().size()) {
    send_from_memory(subscriber, index, now);
  } else {
    send_from_files(subscriber, now);
  }
}

// Of a subscriber that has seen more than is encoded.
void Feed::refuse_ahead(Subscriber& subscriber, SteadyTime now) const {
  // What is durable and not encoded yet is no reason to turn anybody away.
  if (subscriber.position() <= durable_sequence()) return;
  subscriber.end({grpc::StatusCode::FAILED_PRECONDITION,
                  "the subscriber has seen sequence " + std::to_string(subscriber.position()) +
                      ", the engine's last is " + std::to_string(durable_sequence())},
                 now);
}

// Whether what a new subscriber has seen last is this journal's event of that sequence; if not, its
// stream ends. A journal that lost its end gives the lost sequences to other events, which the
// sequence alone does not tell. Their time does: the clock's when they were written, later than
// that of all before them, and the lost ones were written sooner. It does not where the clock
// stands behind the end that was left: times go on from there by a nanosecond each, and may come
// again.
bool Feed::goes_on_here(Subscriber& subscriber, SteadyTime now) {
  const Timestamp seen = subscriber.take_after_time();
  if (seen == 0 || subscriber.position() == 0) return true;
  const Timestamp ours = time_of(subscriber.position()).value_or(seen);
  if (ours == seen) return true;
  subscriber.end(
      {grpc::StatusCode::FAILED_PRECONDITION,
       "the subscriber has seen sequence " + std::to_string(subscriber.position()) + " of time " +
           std::to_string(seen) + ", here its time is " + std::to_string(ours) +
           ": the journal was rolled back since, or is another one"},
      now);
  return false;
}

// Of an event that is encoded; nothing: it is no longer there, or cannot be read. That is no reason
// to keep from a subscriber what comes behind it.
std::optional<Timestamp> Feed::time_of(Sequence sequence) const {
  if (sequence == first_sequence_) return first_time_;
  const std::optional<Timestamp> time = memory_.time_of(sequence);
  if (time.has_value()) return time;
  try {
    return read_event_time(disk_, sequence);
  } catch (const std::exception& failure) {
    log(Level::kError,
        std::string("the last event of a subscriber cannot be compared: ") + failure.what());
    return std::nullopt;
  }
}

// What becomes of a subscriber that has not taken what was sent to it so long ago.
void Feed::patience(Subscriber& subscriber, SteadyTime::duration waited, SteadyTime now) {
  if (subscriber.ended()) {
    if (waited > settings_.last_call) subscriber.cut();
  } else if (waited > settings_.stall) {
    subscriber.end({grpc::StatusCode::RESOURCE_EXHAUSTED, "the subscriber reads too slowly"}, now);
  }
}

void Feed::send_from_memory(Subscriber& subscriber, std::size_t index, SteadyTime now) {
  subscriber.cursor().reset();
  subscriber.read().clear();
  send(subscriber, memory_.runs(), index, now);
}

void Feed::send_from_files(Subscriber& subscriber, SteadyTime now) {
  try {
    std::deque<EncodedEvents>& read = subscriber.read();
    if (read.empty()) read_files(subscriber);
    const std::size_t sent = send(subscriber, read, 0, now);
    read.erase(read.begin(), read.begin() + static_cast<std::ptrdiff_t>(sent));
  } catch (const NotRetained& failure) {
    subscriber.end({grpc::StatusCode::OUT_OF_RANGE, failure.what()}, now);
  } catch (const std::exception& failure) {
    cut_off(subscriber, failure, now);
  }
}

// A message's worth, and whatever else the last frame holds.
void Feed::read_files(Subscriber& subscriber) {
  std::optional<JournalCursor>& cursor = subscriber.cursor();
  if (!cursor.has_value()) cursor.emplace(disk_, subscriber.position());
  std::size_t bytes = 0;
  while (bytes < kMessageBytes && cursor->sequence() < encoded_sequence_) {
    encoder_.encode(cursor->next(), subscriber.position(), [&](const pb::EventBatch& batch) {
      subscriber.read().push_back(encoded(batch));
      bytes += subscriber.read().back().bytes.size();
    });
  }
}

// A message of the events from `index` on; returns how many of their runs it took.
std::size_t Feed::send(Subscriber& subscriber, const std::deque<EncodedEvents>& events,
                       std::size_t index, SteadyTime now) const {
  std::vector<grpc::Slice> slices;
  Sequence last_sequence = 0;
  for (std::size_t bytes = 0; index < events.size() && bytes < kMessageBytes; ++index) {
    slices.push_back(events[index].bytes);
    bytes += events[index].bytes.size();
    last_sequence = events[index].last_sequence;
  }
  const std::size_t taken = slices.size();
  slices.push_back(durable_slice(durable_sequence()));
  subscriber.send(grpc::ByteBuffer(slices.data(), slices.size()), last_sequence, now);
  return taken;
}

}  // namespace outcry
