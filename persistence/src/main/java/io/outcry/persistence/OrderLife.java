package io.outcry.persistence;

import io.outcry.domain.event.Event;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import org.jspecify.annotations.Nullable;

/** What each event makes of an order. Pure functions. */
final class OrderLife {
    private OrderLife() {}

    static Order accepted(Event.OrderAccepted e) {
        OrderStatus status =
                switch (e.terms().type()) {
                    case LIMIT, MARKET -> OrderStatus.NEW;
                    case STOP, STOP_LIMIT, TRAILING_STOP -> OrderStatus.PENDING_TRIGGER;
                };
        return new Order(
                e.orderId(),
                e.terms(),
                status,
                null,
                0,
                0,
                0,
                e.timeNanos(),
                e.timeNanos(),
                e.sequence());
    }

    /** As one of the trade's two sides, with that side's fee and remainder. */
    static Order traded(Order order, Event.Traded e, long fee, long remaining) {
        return new Order(
                order.id(),
                order.terms(),
                remaining == 0 ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED,
                null,
                order.filledQuantity() + e.quantity(),
                Math.addExact(order.filledNotional(), e.notional()),
                Math.addExact(order.fees(), fee),
                order.createdAtNanos(),
                e.timeNanos(),
                e.sequence());
    }

    static Order replaced(Order order, Event.OrderReplaced e) {
        OrderTerms terms =
                terms(order.terms(), e.quantity(), e.price(), e.stopPrice(), e.trailAmount());
        return changed(order, terms, order.status(), null, e);
    }

    static Order triggered(Order order, Event.OrderTriggered e) {
        OrderTerms old = order.terms();
        OrderTerms terms =
                terms(old, old.quantity(), old.price(), e.stopPrice(), old.trailAmount());
        return changed(order, terms, OrderStatus.NEW, null, e);
    }

    /** Ends the order, unless something is left: then self-trade prevention made it smaller. */
    static Order canceled(Order order, Event.OrderCanceled e) {
        if (e.remaining() == 0) {
            return changed(order, order.terms(), OrderStatus.CANCELED, e.reason(), e);
        }
        OrderTerms old = order.terms();
        OrderTerms terms =
                terms(
                        old,
                        old.quantity() - e.canceledQuantity(),
                        old.price(),
                        old.stopPrice(),
                        old.trailAmount());
        return changed(order, terms, order.status(), null, e);
    }

    static Order expired(Order order, Event.OrderExpired e) {
        return changed(order, order.terms(), OrderStatus.EXPIRED, null, e);
    }

    private static Order changed(
            Order order,
            OrderTerms terms,
            OrderStatus status,
            @Nullable CancelReason reason,
            Event e) {
        return new Order(
                order.id(),
                terms,
                status,
                reason,
                order.filledQuantity(),
                order.filledNotional(),
                order.fees(),
                order.createdAtNanos(),
                e.timeNanos(),
                e.sequence());
    }

    private static OrderTerms terms(
            OrderTerms old, long quantity, long price, long stopPrice, long trailAmount) {
        return new OrderTerms(
                old.accountId(),
                old.symbol(),
                old.side(),
                old.type(),
                old.timeInForce(),
                quantity,
                price,
                stopPrice,
                trailAmount,
                old.displayQuantity(),
                old.expiresAtNanos(),
                old.postOnly(),
                old.selfTradePrevention(),
                old.clientOrderId());
    }
}
