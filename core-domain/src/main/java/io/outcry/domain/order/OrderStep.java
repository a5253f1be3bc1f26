package io.outcry.domain.order;

import org.jspecify.annotations.Nullable;

/** One step of an order's life; times are UTC nanoseconds since the epoch. */
public sealed interface OrderStep {
    long timeNanos();

    /** What can change of an order's terms; 0: has none. */
    record Terms(long quantity, long price, long stopPrice, long trailAmount) {}

    /** The engine took it. */
    record Accepted(long timeNanos, Terms terms) implements OrderStep {}

    /**
     * It goes on with other terms.
     *
     * @param sequence of the event
     */
    record Changed(long timeNanos, long sequence, Change change, Terms terms)
            implements OrderStep {}

    /** A part of it, or all, was filled. */
    record Traded(Fill fill) implements OrderStep {
        @Override
        public long timeNanos() {
            return fill.timeNanos();
        }
    }

    /**
     * Nothing more happens to it.
     *
     * @param cancelReason null unless canceled
     */
    record Ended(long timeNanos, OrderStatus status, @Nullable CancelReason cancelReason)
            implements OrderStep {}

    /** Why terms changed. */
    enum Change {
        /** By its owner. */
        REPLACED,
        /** Its stop price was met. */
        TRIGGERED,
        /** By self-trade prevention. */
        REDUCED
    }
}
