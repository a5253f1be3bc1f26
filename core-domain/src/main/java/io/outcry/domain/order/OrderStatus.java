package io.outcry.domain.order;

/** Where an order is in its life. */
public enum OrderStatus {
    NEW,
    PENDING_TRIGGER,
    PARTIALLY_FILLED,
    FILLED,
    CANCELED,
    EXPIRED,
    REJECTED;

    /** Whether more can still happen to the order. */
    public boolean open() {
        return switch (this) {
            case NEW, PENDING_TRIGGER, PARTIALLY_FILLED -> true;
            case FILLED, CANCELED, EXPIRED, REJECTED -> false;
        };
    }
}
