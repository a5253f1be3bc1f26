package io.outcry.api.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.Exchange;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.OrderTerms;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places orders, and tries them without placing. Safe for use by many threads. */
final class Placement {
    private final Engine engine;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;

    Placement(Engine engine, Outcomes outcomes, InstrumentTable instruments) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.instruments = instruments;
    }

    /**
     * Answers with the order and its fills so far; a repeated client order id with its first order.
     */
    void place(Exchange exchange) throws IOException {
        OrderRequest request = read(exchange);
        exchange.answerLater(
                outcomes.measured(engine.placeOrder(request.terms())),
                outcome -> answer(exchange, request, outcome));
    }

    private static void answer(
            Exchange exchange, OrderRequest request, Outcome<PlacedOrder> outcome)
            throws IOException {
        if (!(outcome instanceof Outcome.Done<PlacedOrder> done)) {
            throw undone(outcome, request.terms()).toException();
        }
        PlacedOrder placed = done.value();
        if (placed.duplicate()) {
            exchange.addHeader("Outcry-Duplicate", "true");
        }
        exchange.answer(
                201,
                json -> OrderJson.write(json, placed.order(), request.instrument(), fills(placed)));
    }

    /** The engine tells the fills of this command alone, which are all of them unless repeated. */
    static @Nullable List<Fill> fills(PlacedOrder placed) {
        boolean unknown = placed.duplicate() && placed.order().filledQuantity() > 0;
        return unknown ? null : placed.fills();
    }

    /** Runs every check of a placement and places nothing. */
    void check(Exchange exchange) throws IOException {
        OrderRequest request = read(exchange);
        exchange.answerLater(
                outcomes.measured(engine.checkOrder(request.terms())),
                outcome -> {
                    if (Rehearsal.asksFor(request.terms().accountId())) {
                        answer(exchange, request, Rehearsal.of(request.terms()));
                    } else {
                        Outcomes.done(outcome);
                        exchange.answer(200, Placement::writeAccepted);
                    }
                });
    }

    private static void writeAccepted(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("accepted", true);
        json.writeEndObject();
    }

    private OrderRequest read(Exchange exchange) throws IOException {
        return OrderRequest.read(
                exchange.body(OrderRequest.FIELDS), exchange.caller().accountId(), instruments);
    }

    /** What became of a placement other than an order. */
    static Problem undone(Outcome<PlacedOrder> outcome, OrderTerms terms) {
        Problem problem = Outcomes.problem(outcome, ErrorCode.ORDER_STATUS_UNKNOWN);
        ClientOrderId id = terms.clientOrderId();
        if (problem.code() != ErrorCode.ORDER_STATUS_UNKNOWN) {
            return problem;
        }
        return id == null
                ? problem.with("lookup", "/api/orders")
                : problem.with("client_order_id", id.value())
                        .with("lookup", "/api/orders/by-client-id/" + id.value());
    }
}
