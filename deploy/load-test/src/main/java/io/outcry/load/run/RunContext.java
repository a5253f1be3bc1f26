package io.outcry.load.run;

import io.outcry.load.http.EventLoop;
import java.security.SecureRandom;

/**
 * What all clients of a run share. Lives on the loop's thread.
 *
 * @param id tells this run's users and client order ids from those of other runs
 */
record RunContext(
        String id,
        Settings settings,
        EventLoop loop,
        OutcomeReader reader,
        LiveCounts live,
        OrderLog log) {
    private static final int ID_BITS = 40;

    static String newId() {
        long random = new SecureRandom().nextLong() >>> (Long.SIZE - ID_BITS);
        return Long.toString(random, Character.MAX_RADIX);
    }
}
