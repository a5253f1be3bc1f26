package io.outcry.domain.order;

/** Where an order is in its life. */
public enum OrderStatus {
    /** Accepted, nothing traded yet. */
    NEW,
    /** A stop order that waits for its stop price. */
    PENDING_TRIGGER,
    /** Traded in part; the rest is open. */
    PARTIALLY_FILLED,
    /** Traded in full. */
    FILLED,
    /** Ended before it had traded in full. */
    CANCELED,
    /** Ended by its time in force. */
    EXPIRED,
    /** Never accepted. */
    REJECTED;

    /** Whether more can still happen to the order. */
    public boolean open() {
        return switch (this) {
            case NEW, PENDING_TRIGGER, PARTIALLY_FILLED -> true;
            case FILLED, CANCELED, EXPIRED, REJECTED -> false;
        };
    }
}
