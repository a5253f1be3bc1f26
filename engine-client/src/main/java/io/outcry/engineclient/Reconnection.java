package io.outcry.engineclient;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When to try again after a connection was lost, and what to say of it. For one thread.
 *
 * <p>The wait is anything from nothing up to a quarter of what the outage has lasted, that ceiling
 * held within 50 ms and 2 s: attempts spread out as an outage goes on, many clients do not come
 * back in step, and none makes an outage longer by more than a quarter.
 */
final class Reconnection {
    private static final Logger LOG = LoggerFactory.getLogger(Reconnection.class);

    static final long MIN_CEILING_NANOS = Duration.ofMillis(50).toNanos();
    static final long MAX_CEILING_NANOS = Duration.ofSeconds(2).toNanos();

    /** A connection that has held for less was part of the outage before it. */
    static final long SETTLED_NANOS = Duration.ofSeconds(1).toNanos();

    private final String what;
    private final RandomGenerator random;

    private boolean up;
    private long upSinceNanos;
    private long outageStartNanos;
    private String lastReason = "";

    /**
     * @param what the connection, for the log
     */
    Reconnection(String what, RandomGenerator random, long nowNanos) {
        this.what = what;
        this.random = random;
        outageStartNanos = nowNanos;
    }

    void connected(long nowNanos) {
        long outageMillis = Duration.ofNanos(nowNanos - outageStartNanos).toMillis();
        LOG.info("{} is up after {} ms", what, outageMillis);
        up = true;
        upSinceNanos = nowNanos;
        lastReason = "";
    }

    /** How long to wait before the next attempt. A reason that repeats is logged once. */
    long delayNanos(long nowNanos, String reason) {
        if (up && nowNanos - upSinceNanos >= SETTLED_NANOS) {
            outageStartNanos = nowNanos;
        }
        up = false;
        if (!reason.equals(lastReason)) {
            LOG.warn("{} is down: {}", what, reason);
            lastReason = reason;
        }
        long ceiling = (nowNanos - outageStartNanos) / 4;
        return random.nextLong(Math.min(MAX_CEILING_NANOS, Math.max(MIN_CEILING_NANOS, ceiling)));
    }
}
