#include "server/metrics_text.h"

#include <limits>
#include <sstream>

namespace outcry {
namespace {

class Writer {
 public:
  // What a double holds in decimals: the default's 6 are fewer than a sum has after a day.
  Writer() { text_.precision(std::numeric_limits<double>::digits10); }

  void counter(const char* name, const char* help, std::uint64_t value) {
    head(name, help, "counter");
    text_ << name << ' ' << value << '\n';
  }

  void gauge(const char* name, const char* help, std::uint64_t value) {
    head(name, help, "gauge");
    text_ << name << ' ' << value << '\n';
  }

  // `unit` is that of the recorded values in the exposed unit.
  void histogram(const char* name, const char* help, const Histogram& histogram, double unit) {
    head(name, help, "histogram");
    std::uint64_t below = 0;
    for (std::size_t bucket = 0; bucket < Histogram::kBuckets; ++bucket) {
      below += histogram.count_in(bucket);
      text_ << name << "_bucket{le=\"" << static_cast<double>(Histogram::bound(bucket)) * unit
            << "\"} " << below << '\n';
    }
    text_ << name << "_bucket{le=\"+Inf\"} " << histogram.count() << '\n'
          << name << "_sum " << static_cast<double>(histogram.sum()) * unit << '\n'
          << name << "_count " << histogram.count() << '\n';
  }

  std::string take() { return std::move(text_).str(); }

 private:
  void head(const char* name, const char* help, const char* type) {
    text_ << "# HELP " << name << ' ' << help << "\n# TYPE " << name << ' ' << type << '\n';
  }

  std::ostringstream text_;
};

}  // namespace

std::string metrics_text(const PipelineMetrics& metrics, const Gauges& gauges) {
  Writer out;
  out.counter("outcry_requests_total", "Commands and reads that were sequenced.",
              metrics.requests.value());
  out.counter("outcry_refused_total",
              "Requests refused for want of room: in the window, the queue or on the disk.",
              gauges.refused);
  out.counter("outcry_events_total", "Events made durable.", metrics.events.value());
  out.counter("outcry_journal_bytes_total", "Bytes written to the journal.",
              metrics.journal_bytes.value());
  out.counter("outcry_snapshots_total", "Snapshots taken.", gauges.snapshots);
  out.gauge("outcry_durable_sequence", "Last sequence that is on disk.", gauges.durable_sequence);
  out.gauge("outcry_queue_depth", "Requests that wait to be sequenced.", gauges.queue_depth);
  out.gauge("outcry_disk_nearly_full", "1 while only cancels are taken for want of space.",
            gauges.short_of_space ? 1 : 0);
  out.gauge("outcry_disk_free_bytes", "Space that the data directory's disk has left.",
            gauges.disk_free_bytes);
  out.gauge("outcry_sessions", "Open sessions.", gauges.sessions);
  out.gauge("outcry_subscribers", "Open subscriptions of the feed.", gauges.subscribers);
  out.gauge("outcry_subscriber_lag_events", "Events that the slowest subscriber was not sent yet.",
            gauges.subscriber_lag);
  out.histogram("outcry_match_seconds", "Time to execute one request, averaged over a chunk.",
                metrics.match_nanoseconds, 1e-9);
  out.histogram("outcry_sync_seconds", "Time to write a group and have it on disk.",
                metrics.sync_microseconds, 1e-6);
  out.histogram("outcry_group_entries", "Entries that were made durable together.",
                metrics.group_entries, 1);
  return out.take();
}

}  // namespace outcry
