package io.outcry.load.flow;

import java.util.SplittableRandom;

/**
 * A price that all clients quote around: a random walk of its seed, one step every 50 ms, that
 * stays within one percent of where it starts and repeats after some minutes. Immutable.
 */
final class PricePath {
    static final long STEP_NANOS = 50_000_000;
    private static final int STEPS = 8192;

    private final long[] ticks = new long[STEPS];

    /** A path that stays where it is. */
    static PricePath still(long referenceTicks) {
        return new PricePath(referenceTicks, 0, 0);
    }

    static PricePath moving(long referenceTicks, long seed) {
        return new PricePath(referenceTicks, Math.max(1, referenceTicks / 100), seed);
    }

    private PricePath(long referenceTicks, long maxAway, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long away = 0;
        for (int step = 0; step < STEPS; step++) {
            ticks[step] = referenceTicks + away;
            long next = away + random.nextInt(3) - 1;
            away = Math.abs(next) <= maxAway ? next : away;
        }
    }

    long ticksAt(long elapsedNanos) {
        return ticks[(int) (elapsedNanos / STEP_NANOS % STEPS)];
    }
}
