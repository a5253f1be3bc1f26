package io.outcry.domain.access;

import java.time.Duration;

/** Counts what each subject does, over all replicas. Safe for use by many threads. */
public interface RateLimiter {

    /**
     * Takes one permit if there is one. Never unlimited, whatever is away, and never waits long.
     */
    Decision tryAcquire(String subject, Limit limit);

    /**
     * How much is allowed.
     *
     * @param name of what is limited; each has counters of its own
     * @param permits that come back in each period, evenly, above 0
     * @param burst most permits to be had at once, above 0
     */
    record Limit(String name, long permits, Duration period, long burst) {
        public Limit {
            if (permits < 1 || burst < 1 || period.toNanos() / 1_000 < permits) {
                throw new IllegalArgumentException(
                        "permits and burst must be above 0, and a permit take 1 us or more");
            }
        }

        /** How long one permit takes to come back, in microseconds. */
        public long intervalMicros() {
            return period.toNanos() / 1_000 / permits;
        }
    }

    /**
     * What was decided.
     *
     * @param retryAfter when a permit will be there; zero when one was taken
     */
    record Decision(boolean allowed, Duration retryAfter) {}
}
