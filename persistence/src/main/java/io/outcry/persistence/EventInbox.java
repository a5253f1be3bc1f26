package io.outcry.persistence;

import io.outcry.domain.engine.EventListener;
import io.outcry.domain.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events between the feed's thread, which waits while it is full, and the writer's, which takes
 * what has gathered.
 */
final class EventInbox implements EventListener {
    private final int capacity;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomOrClosed = lock.newCondition();
    private final Condition arrived = lock.newCondition();
    // Guarded by lock.
    private final Deque<Event> events = new ArrayDeque<>();
    private long durableSequence;
    private @Nullable FeedFailure failure;
    private boolean closed;

    /** Takes a feed's batch whole while fewer events than that wait. */
    EventInbox(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public void onEvents(List<Event> batch, long durable) {
        lock.lock();
        try {
            while (events.size() >= capacity && !closed) {
                roomOrClosed.awaitUninterruptibly();
            }
            if (!closed) {
                events.addAll(batch);
                durableSequence = durable;
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onFailed(FeedFailure why) {
        lock.lock();
        try {
            failure = why;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until that many have gathered, but no longer than the timeout or until it is closed.
     */
    void gather(int wanted, long timeoutNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeoutNanos;
            while (events.size() < wanted && left > 0 && !closed && failure == null) {
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same, but also ends when there is an event newer than the one heard.
     *
     * @param endNanos by {@link System#nanoTime}
     * @return whether the gathering is over, whatever was heard
     */
    boolean gather(int wanted, long heard, long endNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long left = endNanos - System.nanoTime();
                if (events.size() >= wanted || left <= 0 || closed || failure != null) {
                    return true;
                }
                if (!events.isEmpty() && events.getLast().sequence() > heard) {
                    return false;
                }
                long unused = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait and are newer than that one. */
    List<Event> newerThan(long sequence) {
        lock.lock();
        try {
            List<Event> newer = new ArrayList<>();
            Iterator<Event> newestFirst = events.descendingIterator();
            while (newestFirst.hasNext()) {
                Event event = newestFirst.next();
                if (event.sequence() <= sequence) {
                    break;
                }
                newer.add(event);
            }
            Collections.reverse(newer);
            return newer;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the oldest events, at most that many. */
    List<Event> take(int most) {
        lock.lock();
        try {
            List<Event> taken = new ArrayList<>(Math.min(most, events.size()));
            while (taken.size() < most && !events.isEmpty()) {
                taken.add(events.removeFirst());
            }
            roomOrClosed.signal();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    long durableSequence() {
        lock.lock();
        try {
            return durableSequence;
        } finally {
            lock.unlock();
        }
    }

    /** Why no more will come, once all that came before has been taken; null: more may come. */
    @Nullable FeedFailure ended() {
        lock.lock();
        try {
            return events.isEmpty() ? failure : null;
        } finally {
            lock.unlock();
        }
    }

    /** For one who cannot go on without more. */
    static void requireNotEnded(EventInbox inbox) {
        FeedFailure end = inbox.ended();
        if (end != null) {
            throw new IllegalStateException(
                    "the feed has ended: " + end.reason() + ": " + end.message());
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets both threads go; what has not been taken is forgotten. */
    void close() {
        lock.lock();
        try {
            closed = true;
            events.clear();
            arrived.signal();
            roomOrClosed.signal();
        } finally {
            lock.unlock();
        }
    }
}
