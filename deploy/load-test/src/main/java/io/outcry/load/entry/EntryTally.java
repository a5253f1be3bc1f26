package io.outcry.load.entry;

import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What became of one client's orders in the measured time. Written by one thread. */
public final class EntryTally {
    private final long measureNanos;
    private final Histogram latency = new Histogram(3);
    private final SortedMap<String, Long> others = new TreeMap<>();
    private long accepted;
    private long lastAnswerNanos;

    /**
     * Counts from then on.
     *
     * @param measureNanos of the same clock as what is counted
     */
    EntryTally(long measureNanos) {
        this.measureNanos = measureNanos;
    }

    void accepted(long count, long sentNanos) {
        if (sentNanos >= measureNanos) {
            accepted += count;
        }
    }

    void other(String label, long count, long sentNanos) {
        if (sentNanos >= measureNanos && count > 0) {
            others.merge(label, count, Long::sum);
        }
    }

    /** An order without an answer; also one that was sent before the measured time. */
    void undecided() {
        others.merge("undecided", 1L, Long::sum);
    }

    void latency(long nanos, long sentNanos) {
        if (sentNanos >= measureNanos) {
            latency.recordValue(nanos);
            lastAnswerNanos = Math.max(lastAnswerNanos, sentNanos + nanos - measureNanos);
        }
    }

    void addAll(EntryTally more) {
        accepted += more.accepted;
        more.others.forEach((label, count) -> others.merge(label, count, Long::sum));
        latency.add(more.latency);
        lastAnswerNanos = Math.max(lastAnswerNanos, more.lastAnswerNanos);
    }

    /** From the beginning of the measured time to the last answer. */
    long lastAnswerNanos() {
        return lastAnswerNanos;
    }

    public long accepted() {
        return accepted;
    }

    /** Orders that were not accepted, by code or failure. */
    public SortedMap<String, Long> others() {
        return others;
    }

    /** Nanoseconds from a request, or an order by WebSocket, to its answer. */
    public Histogram latency() {
        return latency;
    }
}
