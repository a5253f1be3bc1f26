package io.outcry.persistence;

import io.outcry.domain.store.Projection;
import io.outcry.domain.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets a reader wait until the projection shows what the reader knows to have happened. However
 * many wait, one of them asks the database, every few milliseconds, and tells the others; while
 * nobody waits nobody asks. Safe for use by many threads; has none of its own.
 */
public final class ProjectionWatch {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /**
     * How long a position that was seen counts. Not for ever, since a server that crashes may come
     * back with a lower one; but that takes it longer than this.
     */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Projection projection;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition polled = lock.newCondition();
    // Guarded by lock.
    private long position;
    private long seenAtNanos = System.nanoTime() - FRESH_NANOS;
    private long polledAtNanos = System.nanoTime() - POLL_NANOS;
    private boolean polling;
    private long polls;
    private @Nullable StoreUnavailableException failure;

    public ProjectionWatch(Projection projection) {
        this.projection = projection;
    }

    /**
     * Waits until the projection has reached the sequence.
     *
     * @return false: it has not within the timeout
     * @throws StoreUnavailableException when the database does not answer
     */
    public boolean await(long sequence, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        lock.lockInterruptibly();
        try {
            long joinedAt = polls;
            while (!reached(sequence)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                requireNoFailureSince(joinedAt);
                long untilPoll = polledAtNanos + POLL_NANOS - System.nanoTime();
                if (polling) {
                    polled.awaitNanos(left);
                } else if (untilPoll > 0) {
                    polled.awaitNanos(Math.min(left, untilPoll));
                } else {
                    poll();
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The writer is on this replica and has just written: nobody needs to ask. */
    void written(long sequence) {
        lock.lock();
        try {
            see(sequence);
        } finally {
            lock.unlock();
        }
    }

    private boolean reached(long sequence) {
        return position >= sequence && System.nanoTime() - seenAtNanos < FRESH_NANOS;
    }

    private void requireNoFailureSince(long joinedAt) {
        if (failure != null && polls > joinedAt) {
            throw new StoreUnavailableException("the projection's position is unknown", failure);
        }
    }

    /** Asks for all, without the lock meanwhile. */
    private void poll() {
        polling = true;
        failure = null;
        lock.unlock();
        long seen = 0;
        StoreUnavailableException thrown = null;
        try {
            seen = projection.position();
        } catch (StoreUnavailableException e) {
            thrown = e;
        } finally {
            lock.lock();
            polling = false;
            polls++;
            polledAtNanos = System.nanoTime();
            polled.signalAll();
        }
        if (thrown == null) {
            see(seen);
        } else {
            failure = thrown;
        }
    }

    private void see(long sequence) {
        position = sequence;
        seenAtNanos = System.nanoTime();
        polled.signalAll();
    }
}
