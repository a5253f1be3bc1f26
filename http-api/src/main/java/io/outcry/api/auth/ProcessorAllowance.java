package io.outcry.api.auth;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How much processor time one kind of work may take, at once and in the long run. What a piece of
 * it costs is known only afterwards: it may begin while anything is left, and leaves a debt that
 * those after it wait for. Safe for use by many threads.
 */
final class ProcessorAllowance {
    private static final int MEAN_OF = 8;

    /** Work that took less was refused before it hashed anything, and says nothing of the cost. */
    private static final long HASH_MICROS = 1_000;

    private final ThreadMXBean processors = ManagementFactory.getThreadMXBean();
    private final double share;
    private final Bucket micros;

    /** Of one piece of work, lately; 0 before the first. */
    private final AtomicLong meanMicros = new AtomicLong();

    /**
     * Begins with all that may be taken at once.
     *
     * @param share seconds of a processor per second, above 0
     * @param burst of a processor's time, at once after a quiet time
     */
    ProcessorAllowance(double share, Duration burst) {
        this.share = share;
        long capacity = TimeUnit.NANOSECONDS.toMicros(burst.toNanos());
        Duration refill = Duration.ofNanos((long) (burst.toNanos() / share));
        micros =
                Bucket.builder()
                        .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, refill))
                        // Not the wall clock: one set back would stop the refill.
                        .withNanosecondPrecision()
                        .build();
    }

    /** Runs the work on this thread as soon as anything is left, and takes what it cost. */
    <T> T run(Supplier<T> work) throws InterruptedException {
        micros.asBlocking().consume(1, BlockingStrategy.PARKING);
        long beforeNanos = processors.getCurrentThreadCpuTime();
        try {
            return work.get();
        } finally {
            take(processors.getCurrentThreadCpuTime() - beforeNanos);
        }
    }

    private void take(long nanos) {
        long cost = Math.max(1, TimeUnit.NANOSECONDS.toMicros(nanos));
        if (cost >= HASH_MICROS) {
            meanMicros.updateAndGet(mean -> mean == 0 ? cost : mean + (cost - mean) / MEAN_OF);
        }
        long unused = micros.consumeIgnoringRateLimits(cost);
    }

    /** How long, about, work has to wait that comes after so many pieces of it. */
    Duration waitBehind(int pieces) {
        long missing = pieces * meanMicros.get() - micros.getAvailableTokens();
        return Duration.of(Math.max(0, (long) (missing / share)), ChronoUnit.MICROS);
    }
}
