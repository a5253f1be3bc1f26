package io.outcry.load.run;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Nanoseconds, kept to three digits. Takes no memory until the first one, since most clients have
 * most kinds of them never. Written by one thread; read when that is done.
 */
public final class Latencies {
    private static final long SMALLEST_NANOS = 1_000;
    private static final int DIGITS = 3;

    private @Nullable Histogram histogram;

    void record(long nanos) {
        present().recordValue(Math.max(0, nanos));
    }

    void addAll(Latencies others) {
        if (others.histogram != null) {
            present().add(others.histogram);
        }
    }

    public long count() {
        return histogram == null ? 0 : histogram.getTotalCount();
    }

    /** All of them; not to be changed. */
    public Histogram histogram() {
        return present();
    }

    private Histogram present() {
        Histogram present = histogram;
        if (present == null) {
            present = new Histogram(SMALLEST_NANOS, 2 * SMALLEST_NANOS, DIGITS);
            present.setAutoResize(true);
            histogram = present;
        }
        return present;
    }
}
