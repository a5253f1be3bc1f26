#include "pipeline/pipeline.h"

#include <pthread.h>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "journal/disk.h"

namespace outcry {
namespace {

// How late an order may expire when no command comes.
constexpr std::chrono::milliseconds kTickInterval{50};
// Requests between two looks at the clock, and at whether the committer could begin.
constexpr std::size_t kChunk = 256;

}  // namespace

Pipeline::Pipeline(const PipelineSettings& settings, Engine& engine, JournalWriter& writer,
                   FrameListener& listener, Clock clock, FailStop fail_stop)
    : clock_(std::move(clock)),
      fail_stop_(std::move(fail_stop)),
      input_(settings.queue_capacity, settings.cancel_capacity,
             [this](std::span<const std::unique_ptr<Batch>> batches) { handle(batches); }),
      exchange_(settings.group_bytes, settings.commit_interval),
      sequencer_(engine),
      committer_(writer, listener),
      sequencer_thread_([this] { sequence(); }),
      committer_thread_([this] { commit(); }) {
  pthread_setname_np(sequencer_thread_.native_handle(), "sequencer");
  pthread_setname_np(committer_thread_.native_handle(), "committer");
}

Pipeline::~Pipeline() {
  stop();
}

void Pipeline::stop() {
  input_.close();
  if (sequencer_thread_.joinable()) sequencer_thread_.join();
  exchange_.close();
  if (committer_thread_.joinable()) committer_thread_.join();
}

// What the queue handed out, as one sequence of requests.
class Pipeline::Requests {
 public:
  explicit Requests(std::span<const std::unique_ptr<Batch>> batches) : batches_(batches) {}

  bool over() const { return batches_.empty(); }
  Recipient& recipient() const { return *batches_.front()->recipient; }
  // Of the batch at hand: its next request and those behind it.
  std::span<const Request> rest() const {
    return std::span<const Request>(batches_.front()->requests).subspan(at_);
  }
  void advance() {
    if (++at_ < batches_.front()->requests.size()) return;
    batches_ = batches_.subspan(1);
    at_ = 0;
  }

 private:
  std::span<const std::unique_ptr<Batch>> batches_;
  std::size_t at_ = 0;  // in the first of them; none is empty
};

void Pipeline::sequence() {
  std::vector<std::unique_ptr<Batch>> batches;
  while (input_.take(batches, kTickInterval))
    handle(batches);
}

// By the sequencer's thread or by one that brings a command: the queue lets one at a time. What
// came together shares a group, in whatever batches: an idle committer would begin with the first
// batch alone, and the others wait for a second sync.
void Pipeline::handle(std::span<const std::unique_ptr<Batch>> batches) noexcept {
  Requests requests(batches);
  do {
    Group& group = exchange_.acquire();
    const Timestamp began = clock_();
    sequencer_.set_clock(began);
    sequencer_.begin(group);
    sequencer_.tick(group);
    if (const std::size_t handled = fill(group, requests)) count(handled, clock_() - began);
    if (Group* const mine = exchange_.offer(requests.over())) commit(*mine);
  } while (!requests.over());
}

// With a chunk at most, and until it is full: a few commands may cause very many events. How many
// it were.
std::size_t Pipeline::fill(Group& group, Requests& requests) {
  std::size_t handled = 0;
  while (handled < kChunk && !requests.over()) {
    const std::span<const Request> rest = requests.rest();
    sequencer_.prefetch(rest, group);
    sequencer_.handle(rest.front(), requests.recipient(), group);
    ++handled;
    requests.advance();
    if (exchange_.full(group)) break;
  }
  return handled;
}

void Pipeline::count(std::size_t requests, Timestamp nanoseconds) {
  metrics_.requests.add(requests);
  // A clock that was set back says nothing.
  if (nanoseconds < 0) return;
  metrics_.match_nanoseconds.record(static_cast<std::uint64_t>(nanoseconds) / requests);
}

void Pipeline::commit() {
  while (Group* const group = exchange_.take())
    commit(*group);
}

void Pipeline::commit(Group& group) {
  try {
    write(group);
    committer_.publish(group);
    exchange_.release();
  } catch (const DiskError& failure) {
    // Nothing of the group was answered, and nothing may be tried again.
    fail_stop_(failure.what());
  }
}

void Pipeline::write(Group& group) {
  if (group.frame.empty()) return;
  const auto began = std::chrono::steady_clock::now();
  committer_.write(group);
  const auto took = std::chrono::steady_clock::now() - began;
  metrics_.sync_microseconds.record(static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
  metrics_.group_entries.record(group.frame.entry_count());
  metrics_.events.add(group.frame.last_sequence() - group.frame.first_sequence() + 1);
  metrics_.journal_bytes.add(group.frame.frame_bytes());
}

}  // namespace outcry
