package io.outcry.load.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs an action at a time more exactly than a selector can wait, which knows only whole
 * milliseconds. Owns one daemon thread, ended by {@link #close()}. Thread-safe; the action runs on
 * the alarm's own thread.
 */
final class Alarm implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final Runnable action;
    private final Thread thread;
    private final AtomicLong dueAt = new AtomicLong(NEVER);
    private volatile boolean closed;

    Alarm(Runnable action) {
        this.action = action;
        thread = new Thread(this::run, "load-alarm");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Sets the one pending time, on {@link System#nanoTime()}'s clock; an earlier setting is
     * forgotten.
     */
    void set(long nanoTime) {
        if (dueAt.getAndSet(nanoTime) != nanoTime) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            long due = dueAt.get();
            if (due == NEVER) {
                LockSupport.park(this);
                continue;
            }
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            } else if (dueAt.compareAndSet(due, NEVER)) {
                action.run();
            }
        }
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
