package io.outcry.api.orders;

import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.http.Exchange;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.store.OrderStore;

/** Tells why a command did not find its order open. Safe for use by many threads. */
final class EndedOrders {
    private final OrderStore orders;
    private final ReadAfterWrite reads;

    EndedOrders(OrderStore orders, ReadAfterWrite reads) {
        this.orders = orders;
        this.reads = reads;
    }

    /**
     * The engine forgets an order that has ended; the projection remembers how it did. One that is
     * behind would deny an order that was acknowledged.
     */
    Problem problem(Exchange exchange, OrderId id) throws InterruptedException {
        reads.settleSurely(exchange);
        return orders.find(exchange.caller().accountId(), id)
                .map(
                        order ->
                                Problem.of(
                                                ErrorCode.ORDER_CLOSED,
                                                "order " + id + " is " + order.status())
                                        .with("order_id", id.toString())
                                        .with("order_status", order.status().name()))
                .orElseGet(() -> OrderIds.unknown(id.toString()));
    }

    /** What became of a command for an order other than its doing. */
    static Problem undone(Outcome<?> outcome, OrderId id) {
        Problem problem = Outcomes.problem(outcome, ErrorCode.ORDER_STATUS_UNKNOWN);
        return problem.code() == ErrorCode.ORDER_STATUS_UNKNOWN
                ? problem.with("order_id", id.toString()).with("lookup", "/api/orders/" + id)
                : problem;
    }
}
