package io.outcry.cache;

import java.util.function.LongSupplier;

/**
 * Spares callers a server that does not answer: after failures in a row it lets nobody through for
 * a while, then one at a time until one succeeds. Safe for use by many threads.
 */
final class CircuitBreaker {
    private static final int FAILURES_TO_OPEN = 3;

    private final long pauseNanos;
    private final LongSupplier nanoClock;

    // Guarded by this.
    private int failures;
    private long notBeforeNanos;

    CircuitBreaker(long pauseNanos, LongSupplier nanoClock) {
        this.pauseNanos = pauseNanos;
        this.nanoClock = nanoClock;
    }

    /** Whether to call; the caller then tells how it went. */
    synchronized boolean tryPass() {
        if (failures < FAILURES_TO_OPEN) {
            return true;
        }
        long now = nanoClock.getAsLong();
        if (now - notBeforeNanos < 0) {
            return false;
        }
        // This caller tries; the others wait for what it finds.
        notBeforeNanos = now + pauseNanos;
        return true;
    }

    synchronized void succeeded() {
        failures = 0;
    }

    synchronized void failed() {
        failures = Math.min(FAILURES_TO_OPEN, failures + 1);
        notBeforeNanos = nanoClock.getAsLong() + pauseNanos;
    }
}
