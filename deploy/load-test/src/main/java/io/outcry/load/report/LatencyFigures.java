package io.outcry.load.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.HdrHistogram.Histogram;

/** Percentiles in milliseconds, exact to three digits. */
public record LatencyFigures(
        long count,
        double mean,
        double p50,
        double p90,
        double p99,
        @JsonProperty("p99_9") double p999,
        double max) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** The figures of a histogram of nanoseconds. */
    static LatencyFigures of(Histogram nanos) {
        return new LatencyFigures(
                nanos.getTotalCount(),
                nanos.getTotalCount() == 0 ? 0 : millis(Math.round(nanos.getMean())),
                millis(nanos.getValueAtPercentile(50)),
                millis(nanos.getValueAtPercentile(90)),
                millis(nanos.getValueAtPercentile(99)),
                millis(nanos.getValueAtPercentile(99.9)),
                nanos.getTotalCount() == 0 ? 0 : millis(nanos.getMaxValue()));
    }

    /** Whole microseconds: no digit that the histogram does not have. */
    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * 1_000) / 1_000.0;
    }
}
