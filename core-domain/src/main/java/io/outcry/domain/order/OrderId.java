package io.outcry.domain.order;

/**
 * Identity of an order, given by the engine, ascending.
 *
 * @param value upper 16 bits: the engine group
 */
public record OrderId(long value) {
    public OrderId {
        if (value <= 0) {
            throw new IllegalArgumentException("order id must be above 0");
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
