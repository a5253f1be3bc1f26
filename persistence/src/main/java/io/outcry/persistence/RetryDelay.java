package io.outcry.persistence;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits between tries: doubling from a twentieth of the most to the most, each drawn between half
 * of that and all of it, so that replicas do not come all at once. For one thread.
 */
final class RetryDelay {
    private final long firstMs;
    private final long mostMs;
    private long currentMs;

    RetryDelay(Duration most) {
        this.mostMs = Math.max(2, most.toMillis());
        this.firstMs = Math.max(2, mostMs / 20);
        this.currentMs = firstMs;
    }

    Duration next() {
        long delayMs = ThreadLocalRandom.current().nextLong(currentMs / 2, currentMs + 1);
        currentMs = Math.min(mostMs, currentMs * 2);
        return Duration.ofMillis(delayMs);
    }

    void reset() {
        currentMs = firstMs;
    }
}
