package io.outcry.cache;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spares callers a server that does not answer: after failures in a row it lets nobody through,
 * until somebody has found, out of the callers' way, that the server answers. Safe for use by many
 * threads.
 */
final class CircuitBreaker {
    private static final int FAILURES_TO_OPEN = 3;

    private final AtomicInteger failures = new AtomicInteger();

    /** Whether nobody is to call. */
    boolean open() {
        return failures.get() >= FAILURES_TO_OPEN;
    }

    void succeeded() {
        failures.set(0);
    }

    void failed() {
        failures.updateAndGet(count -> Math.min(FAILURES_TO_OPEN, count + 1));
    }
}
