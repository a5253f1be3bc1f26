package io.outcry.load.run;

import java.util.SplittableRandom;

/**
 * Growing pauses with full jitter, so that clients that failed together do not come back together.
 * One thread.
 */
final class Backoff {
    private static final long FIRST_NANOS = 50_000_000;
    private static final long LONGEST_NANOS = 2_000_000_000;
    private static final int MAX_DOUBLINGS = 6;

    private final SplittableRandom random;
    private int failures;

    Backoff(long seed) {
        random = new SplittableRandom(seed);
    }

    void reset() {
        failures = 0;
    }

    /** Nanoseconds to pause after one failure more. */
    long next() {
        long bound = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return 1 + random.nextLong(bound);
    }
}
