package io.outcry.domain.order;

import org.jspecify.annotations.Nullable;

/**
 * An order as it stands.
 *
 * @param terms as accepted, or as last replaced
 * @param cancelReason null unless canceled
 * @param filledNotional in cash units
 * @param fees in cash units; below 0: rebates
 * @param createdAtNanos UTC nanoseconds since the epoch
 * @param updatedAtNanos UTC nanoseconds since the epoch
 * @param sequence of the last event that touched the order, or a later one
 */
public record Order(
        OrderId id,
        OrderTerms terms,
        OrderStatus status,
        @Nullable CancelReason cancelReason,
        long filledQuantity,
        long filledNotional,
        long fees,
        long createdAtNanos,
        long updatedAtNanos,
        long sequence) {

    /** What may still trade: 0 once the order has ended. */
    public long remainingQuantity() {
        return status.open() ? terms.quantity() - filledQuantity : 0;
    }
}
