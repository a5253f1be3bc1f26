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

void Pipeline::sequence() {
  std::vector<std::unique_ptr<Batch>> batches;
  while (input_.take(batches, kTickInterval)) {
    if (batches.empty()) handle(Batch{}, true);
    handle(batches);
  }
}

// By the sequencer's thread or by one that brings a command: the queue lets one at a time.
void Pipeline::handle(std::span<const std::unique_ptr<Batch>> batches) noexcept {
  for (const std::unique_ptr<Batch>& batch : batches)
    handle(*batch, &batch == &batches.back());
}

void Pipeline::handle(const Batch& batch, bool last) {
  std::span<const Request> rest(batch.requests);
  do {
    const std::size_t size = std::min(kChunk, rest.size());
    Group& group = exchange_.acquire();
    const Timestamp began = clock_();
    sequencer_.set_clock(began);
    sequencer_.begin(group);
    sequencer_.tick(group);
    for (std::size_t i = 0; i < size; ++i, rest = rest.subspan(1)) {
      sequencer_.prefetch(rest, group);
      sequencer_.handle(rest.front(), *batch.recipient, group);
    }
    if (size != 0) count(size, clock_() - began);
    if (Group* const mine = exchange_.offer(last && rest.empty())) {
      commit(*mine);
    }
  } while (!rest.empty());
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
