package io.outcry.domain.engine;

import io.outcry.domain.event.Event;
import java.util.List;

/**
 * Receives a subscription's events on one thread at a time. It may block: delivery waits, bounded,
 * and the engine is not held up.
 */
public interface EventListener {

    /**
     * Events that follow one another without a gap, and the last sequence that the engine had on
     * disk when it sent them.
     */
    void onEvents(List<Event> events, long durableSequence);

    /**
     * Delivery has ended for good: the subscriber is ahead of the engine (its journal was rolled
     * back), or the journal no longer holds what was asked for. What was built from earlier events
     * must not be trusted further.
     */
    void onFailed(FeedFailure failure);

    /** Why a subscription ended for good. */
    record FeedFailure(Reason reason, String message) {
        /** Kinds of final failure. */
        public enum Reason {
            AHEAD_OF_ENGINE,
            NO_LONGER_RETAINED,
            GAP
        }
    }
}
