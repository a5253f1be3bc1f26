package io.outcry.api.limit;

import io.outcry.domain.access.RateLimiter.Limit;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one subject may still do under one limit, as this replica knows: by its own count at once,
 * and by that of all replicas as soon as it hears of it. Safe for use by many threads.
 */
final class Allowance {
    /** So many uses are told to the other replicas together. */
    private static final long MOST_TOLD_TOGETHER = 10;

    private final long intervalNanos;
    private final long burst;
    private final long together;

    /** When all permits will be back: each one taken puts it off by an interval. */
    private final AtomicLong fullAtNanos;

    /** Uses that the other replicas have not been told of. */
    private final AtomicLong untold = new AtomicLong();

    private volatile long blockedUntilNanos;

    Allowance(Limit limit, long nowNanos) {
        intervalNanos = TimeUnit.MICROSECONDS.toNanos(limit.intervalMicros());
        burst = limit.burst();
        together = Math.max(1, Math.min(MOST_TOLD_TOGETHER, Math.min(burst, limit.permits()) / 4));
        fullAtNanos = new AtomicLong(nowNanos);
        // In the past also for who has read the clock before.
        blockedUntilNanos = nowNanos - TimeUnit.SECONDS.toNanos(1);
    }

    /** How many uses are told together. */
    long together() {
        return together;
    }

    /**
     * Takes permits if they are there.
     *
     * @param permits no more than can be there
     * @return nanoseconds until they will be; 0: taken
     */
    long take(long permits, long nowNanos) {
        long blocked = blockedUntilNanos - nowNanos;
        if (blocked > 0) {
            return blocked;
        }
        while (true) {
            long full = fullAtNanos.get();
            long from = full - nowNanos > 0 ? full : nowNanos;
            long wait = from - nowNanos - intervalNanos * (burst - permits);
            if (wait > 0) {
                return wait;
            }
            if (fullAtNanos.compareAndSet(full, from + intervalNanos * permits)) {
                return 0;
            }
        }
    }

    /** Nanoseconds until a permit will be there; 0: it is. Takes none. */
    long untilOne(long nowNanos) {
        long owed = Math.max(0, fullAtNanos.get() - nowNanos);
        long wait = Math.max(owed - intervalNanos * (burst - 1), blockedUntilNanos - nowNanos);
        return Math.max(0, wait);
    }

    /** What it takes for one permit to come back. */
    long intervalNanos() {
        return intervalNanos;
    }

    /** How many more could be taken right now. */
    long remaining(long nowNanos) {
        long owed = Math.max(0, fullAtNanos.get() - nowNanos);
        return Math.max(0, burst - (owed + intervalNanos - 1) / intervalNanos);
    }

    /** How long until all of it is there. */
    Duration reset(long nowNanos) {
        return Duration.ofNanos(Math.max(0, fullAtNanos.get() - nowNanos));
    }

    /** Notes uses; returns how many portions are to be told now. */
    long used(long permits) {
        long sum = untold.addAndGet(permits);
        if (sum < together) {
            return 0;
        }
        long portions = sum / together;
        untold.addAndGet(-portions * together);
        return portions;
    }

    /** Takes nothing for a while: all replicas together have used it up. */
    void block(Duration duration, long nowNanos) {
        blockedUntilNanos = nowNanos + duration.toNanos();
    }
}
