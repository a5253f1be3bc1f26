package io.outcry.load.run;

/**
 * The times of a run on its loop's clock: orders due before {@code measureNanos} are warm-up, those
 * due at {@code endNanos} or later are not sent. Lives on the loop's thread.
 */
final class Window {
    private final long startNanos;
    private final long measureNanos;
    private final long retryNanos;
    private long endNanos;

    Window(long startNanos, Settings settings) {
        this.startNanos = startNanos;
        measureNanos = startNanos + settings.warmup().toNanos();
        endNanos = measureNanos + settings.duration().toNanos();
        retryNanos = settings.retryFor().toNanos();
    }

    long startNanos() {
        return startNanos;
    }

    long measureNanos() {
        return measureNanos;
    }

    long endNanos() {
        return endNanos;
    }

    /** Until then orders may be sent again. */
    long retryUntilNanos() {
        return endNanos + retryNanos;
    }

    boolean measures(long dueNanos) {
        return dueNanos >= measureNanos;
    }

    /** Ends the run early. */
    void cut(long now) {
        endNanos = Math.min(endNanos, now);
    }
}
