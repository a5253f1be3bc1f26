package io.outcry.standalone.process;

import java.time.Duration;

/**
 * How long to wait before a crashed process is started again: not at all the first time, then
 * longer each time, until a process has lived long enough to be called healthy. Not thread-safe.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration HEALTHY = Duration.ofSeconds(30);

    private Duration next = Duration.ZERO;

    /**
     * The pause before the next start.
     *
     * @param uptime how long the process that just ended had lived
     */
    Duration after(Duration uptime) {
        Duration wait = uptime.compareTo(HEALTHY) >= 0 ? Duration.ZERO : next;
        Duration doubled = wait.isZero() ? FIRST : wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
