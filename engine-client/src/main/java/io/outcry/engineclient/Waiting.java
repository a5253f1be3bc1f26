package io.outcry.engineclient;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Bounded waits that put an interrupt off until they are over. Thread-safe. */
final class Waiting {

    /** Something to wait for, such as {@code awaitTermination}. */
    interface Condition {
        boolean await(long timeout, TimeUnit unit) throws InterruptedException;
    }

    private Waiting() {}

    /** Whether the condition came true within the limit. */
    static boolean uninterruptibly(Duration limit, Condition condition) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return condition.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
