package io.outcry.domain.engine;

import io.outcry.domain.event.Event;
import java.util.List;

/**
 * Receives a subscription's events on one thread at a time. It may block: delivery waits, bounded,
 * and the engine is not held up.
 */
public interface EventListener {

    /**
     * Events that follow one another without a gap, at least one, and the last sequence that the
     * engine had on disk when it sent them.
     *
     * <p>Events count as delivered once this has returned. When it throws they are delivered again
     * after a pause, in the same or another division, with those that follow.
     *
     * @param events unmodifiable, the listener's to keep
     */
    void onEvents(List<Event> events, long durableSequence);

    /**
     * Delivery has ended for good. What was built from earlier events must not be trusted further,
     * unless the reason is {@link FeedFailure.Reason#NO_LONGER_RETAINED}.
     */
    void onFailed(FeedFailure failure);

    /** Why a subscription ended for good. */
    record FeedFailure(Reason reason, String message) {
        /** Kinds of final failure. */
        public enum Reason {
            /**
             * The subscriber has seen an event that the engine has not, whose journal is shorter or
             * has another event in its place: it was rolled back, or is another one.
             */
            AHEAD_OF_ENGINE,
            /** The journal no longer holds the events that come next. */
            NO_LONGER_RETAINED,
            /** An event was missing, repeated or not to be understood. */
            GAP
        }
    }
}
