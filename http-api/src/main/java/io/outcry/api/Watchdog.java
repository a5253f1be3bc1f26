package io.outcry.api;

import io.outcry.api.http.HttpSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process when stopping it in order takes longer than all its parts may. */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration FOR_THE_REST = Duration.ofSeconds(20);
    private static final int STUCK = 3;

    private Watchdog() {}

    static void start(HttpSettings http) {
        Duration limit =
                http.drainDelay().plus(http.drainTimeout().multipliedBy(2)).plus(FOR_THE_REST);
        Thread thread = new Thread(() -> halt(limit), "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private static void halt(Duration limit) {
        try {
            TimeUnit.NANOSECONDS.sleep(limit.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        LOG.error("stopping has taken more than {} s: the process ends now", limit.toSeconds());
        Runtime.getRuntime().halt(STUCK);
    }
}
