package io.outcry.persistence;

import io.outcry.domain.event.Event;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderStep;
import io.outcry.domain.order.OrderTerms;

/** A row of order_changes: an order as it was before its terms changed. */
record OrderChange(Order before, long sequence, long timeNanos, OrderStep.Change change) {

    static OrderChange of(Order before, Event event, OrderStep.Change change) {
        return new OrderChange(before, event.sequence(), event.timeNanos(), change);
    }

    void write(CopyRows rows) {
        OrderTerms terms = before.terms();
        rows.row(9)
                .int8(terms.accountId().value())
                .int8(before.id().value())
                .int8(sequence)
                .int8(timeNanos)
                .int8(terms.quantity())
                .int8(terms.price())
                .int8(terms.stopPrice())
                .int8(terms.trailAmount())
                .int2(Codes.ORDER_CHANGE.of(change));
    }
}
