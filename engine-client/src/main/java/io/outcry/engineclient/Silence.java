package io.outcry.engineclient;

import java.time.Duration;

/**
 * How long a peer has said nothing while it was listened to. Whoever stands still, for a garbage
 * collection, for classes that are being loaded or for want of a processor, does not listen: what
 * came meanwhile lies unread. So the time between two ticks counts for two intervals at most,
 * however long it was. For one thread at a time.
 */
final class Silence {
    /** Between two ticks, when nothing stands still. */
    static final long TICK_NANOS = Duration.ofMillis(50).toNanos();

    private static final long MAX_STEP_NANOS = 2 * TICK_NANOS;

    private final long limitNanos;
    private long silentNanos;
    private long lastNanos;

    Silence(Duration limit, long nowNanos) {
        limitNanos = limit.toNanos();
        lastNanos = nowNanos;
    }

    /** The peer has said something, or is only now expected to. */
    void ended(long nowNanos) {
        silentNanos = 0;
        lastNanos = nowNanos;
    }

    /** Counts the time since the last call, and says whether the limit is reached. */
    boolean tick(long nowNanos) {
        silentNanos += Math.min(nowNanos - lastNanos, MAX_STEP_NANOS);
        lastNanos = nowNanos;
        return silentNanos >= limitNanos;
    }

    @Override
    public String toString() {
        return "silent for " + Duration.ofNanos(silentNanos).toMillis() + " ms";
    }
}
