package io.outcry.persistence;

import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.engine.EventListener;
import io.outcry.domain.engine.EventListener.FeedFailure;
import io.outcry.domain.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed of the events that a test adds, delivered to each subscriber by a thread of its own.
 * Refuses who has seen another event than it has, as the engine does. Safe for use by many threads.
 */
final class FakeFeed implements EventFeed {
    private static final int MOST = 97;

    // Guarded by this.
    private final List<Event> events = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private @Nullable FeedFailure failure;

    synchronized void add(List<Event> more) {
        events.addAll(more);
        notifyAll();
    }

    synchronized void fail(FeedFailure why) {
        failure = why;
        notifyAll();
    }

    synchronized long last() {
        return events.size();
    }

    synchronized List<Event> events(int from, int to) {
        return List.copyOf(events.subList(from, to));
    }

    synchronized int subscriptions() {
        return deliveries.size();
    }

    @Override
    public synchronized Subscription subscribe(
            long afterSequence, long afterTimeNanos, EventListener listener) {
        if (afterTimeNanos != 0 && !happened(afterSequence, afterTimeNanos)) {
            failure =
                    new FeedFailure(
                            FeedFailure.Reason.AHEAD_OF_ENGINE,
                            "seen " + afterSequence + " of time " + afterTimeNanos);
        }
        Delivery delivery = new Delivery(afterSequence, listener);
        deliveries.add(delivery);
        delivery.thread.start();
        return delivery;
    }

    private boolean happened(long sequence, long timeNanos) {
        return sequence <= events.size() && events.get((int) sequence - 1).timeNanos() == timeNanos;
    }

    private final class Delivery implements Subscription {
        private final EventListener listener;
        private final Thread thread = new Thread(this::run, "fake-feed");
        private int next;
        private boolean closed;

        Delivery(long afterSequence, EventListener listener) {
            this.listener = listener;
            this.next = (int) afterSequence;
        }

        private void run() {
            try {
                List<Event> batch = await();
                while (!batch.isEmpty()) {
                    listener.onEvents(batch, last());
                    batch = await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Empty: closed or failed. */
        private List<Event> await() throws InterruptedException {
            synchronized (FakeFeed.this) {
                while (!closed && failure == null && next == events.size()) {
                    FakeFeed.this.wait();
                }
                if (closed) {
                    return List.of();
                }
                if (failure != null) {
                    listener.onFailed(failure);
                    return List.of();
                }
                int end = Math.min(events.size(), next + MOST);
                List<Event> batch = List.copyOf(events.subList(next, end));
                next = end;
                return batch;
            }
        }

        @Override
        public void close() {
            synchronized (FakeFeed.this) {
                closed = true;
                FakeFeed.this.notifyAll();
            }
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
