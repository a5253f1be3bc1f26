package io.outcry.domain.engine;

/** Where events come from. Safe for use by many threads. */
public interface EventFeed {

    /**
     * Delivers every event after the sequence to the listener, in order, without a gap,
     * reconnecting by itself, until the subscription is closed or has failed.
     *
     * @param afterSequence 0: from the first event
     */
    Subscription subscribe(long afterSequence, EventListener listener);

    /** Ends delivery; no call to the listener begins after {@code close} has returned. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
