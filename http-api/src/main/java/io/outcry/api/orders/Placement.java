package io.outcry.api.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.CurrentRequest;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.OrderTerms;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Places orders, and tries them without placing. Never waits. Safe for use by many threads. */
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
        exchange.answerLater(
                place(exchange.caller().accountId(), exchange.body(OrderRequest.FIELDS)),
                answer -> answer.to(exchange));
    }

    CompletableFuture<OrderAnswer> place(AccountId accountId, FlatObject body) {
        return read(accountId, body).thenCompose(CurrentRequest.kept(this::place));
    }

    private CompletableFuture<OrderRequest> read(AccountId accountId, FlatObject body) {
        return instruments
                .fetch(List.of(OrderRequest.symbol(body)))
                .thenApply(nothing -> OrderRequest.read(body, accountId, instruments));
    }

    private CompletableFuture<OrderAnswer> place(OrderRequest request) {
        return outcomes.measured(engine.placeOrder(request.terms()))
                .thenApply(outcome -> answer(request, outcome));
    }

    private static OrderAnswer answer(OrderRequest request, Outcome<PlacedOrder> outcome) {
        if (!(outcome instanceof Outcome.Done<PlacedOrder> done)) {
            throw undone(outcome, request.terms()).toException();
        }
        PlacedOrder placed = done.value();
        return OrderAnswer.ofPlaced(
                placed.order().id(),
                json -> OrderJson.write(json, placed.order(), request.instrument(), fills(placed)),
                placed.duplicate());
    }

    /**
     * The engine tells the fills of this command alone, and not more than so many; null unless they
     * are the order's all.
     */
    static @Nullable List<Fill> fills(PlacedOrder placed) {
        long told = placed.fills().stream().mapToLong(Fill::quantity).sum();
        return told == placed.order().filledQuantity() ? placed.fills() : null;
    }

    /** Runs every check of a placement and places nothing. */
    void check(Exchange exchange) throws IOException {
        exchange.answerLater(
                read(exchange.caller().accountId(), exchange.body(OrderRequest.FIELDS))
                        .thenCompose(CurrentRequest.kept(this::check)),
                answer -> answer.to(exchange));
    }

    private CompletableFuture<OrderAnswer> check(OrderRequest request) {
        return outcomes.measured(engine.checkOrder(request.terms()))
                .thenApply(
                        outcome -> {
                            if (Rehearsal.asksFor(request.terms().accountId())) {
                                return answer(request, Rehearsal.of(request.terms()));
                            }
                            Outcomes.done(outcome);
                            return OrderAnswer.ofCheck(Placement::writeAccepted);
                        });
    }

    private static void writeAccepted(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("accepted", true);
        json.writeEndObject();
    }

    /** What became of a placement other than an order. */
    private static Problem undone(Outcome<PlacedOrder> outcome, OrderTerms terms) {
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
