package io.outcry.cache;

import io.outcry.domain.access.RateLimiter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One replica's share of every limit, counted in memory for as many subjects as fit. Safe for use
 * by many threads.
 */
final class LocalRateLimiter implements RateLimiter {
    private static final int MOST_SUBJECTS = 100_000;

    private record Key(String subject, String limit) {}

    private final int replicas;
    private final LongSupplier nanoClock;

    // Guarded by this: when all permits will be back.
    private final Map<Key, Long> fullAtNanos =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
                    return size() > MOST_SUBJECTS;
                }
            };

    LocalRateLimiter(int replicas, LongSupplier nanoClock) {
        if (replicas < 1) {
            throw new IllegalArgumentException("replicas must be above 0");
        }
        this.replicas = replicas;
        this.nanoClock = nanoClock;
    }

    @Override
    public synchronized Decision tryAcquire(String subject, Limit limit) {
        long now = nanoClock.getAsLong();
        long interval =
                TimeUnit.MICROSECONDS.toNanos(Math.multiplyExact(limit.intervalMicros(), replicas));
        long burst = Math.max(1, limit.burst() / replicas);
        Key key = new Key(subject, limit.name());
        long full = Math.max(now, fullAtNanos.getOrDefault(key, now));
        long wait = full - now - interval * (burst - 1);
        if (wait > 0) {
            return new Decision(false, Duration.ofNanos(wait));
        }
        fullAtNanos.put(key, full + interval);
        return new Decision(true, Duration.ZERO);
    }
}
