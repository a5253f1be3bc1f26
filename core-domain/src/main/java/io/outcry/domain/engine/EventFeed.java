package io.outcry.domain.engine;

/** Where events come from. Safe for use by many threads. */
public interface EventFeed {

    /**
     * For a subscriber that does not know of what time that event was. When the journal was rolled
     * back, and has since grown beyond the sequence, that goes unnoticed.
     *
     * @see #subscribe(long, long, EventListener)
     */
    default Subscription subscribe(long afterSequence, EventListener listener) {
        return subscribe(afterSequence, 0, listener);
    }

    /**
     * Delivers every event after the sequence to the listener, in order, without a gap,
     * reconnecting by itself, until the subscription is closed or has failed. It fails when the
     * engine's event of that sequence is of another time: then it is another event.
     *
     * @param afterSequence last event that the subscriber has seen; 0: from the first event
     * @param afterTimeNanos that event's {@link io.outcry.domain.event.Event#timeNanos}; 0: not
     *     known
     */
    Subscription subscribe(long afterSequence, long afterTimeNanos, EventListener listener);

    /** Ends delivery; no call to the listener begins after {@code close} has returned. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
