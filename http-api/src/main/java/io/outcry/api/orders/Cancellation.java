package io.outcry.api.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.CurrentRequest;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.QueryParameters;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Cancels one order, or all. Never waits. Safe for use by many threads. */
final class Cancellation {
    private final Engine engine;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;
    private final EndedOrders ended;

    Cancellation(Engine engine, Outcomes outcomes, InstrumentTable instruments, EndedOrders ended) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.instruments = instruments;
        this.ended = ended;
    }

    /** Answers with the order as it was left. */
    void cancel(Exchange exchange) {
        exchange.answerLater(
                cancel(exchange.caller().accountId(), OrderIds.of(exchange)),
                answer -> answer.to(exchange));
    }

    /** Answers with all orders that were canceled. */
    void cancelAll(Exchange exchange) {
        QueryParameters query = exchange.query(Set.of("symbol"));
        Symbol symbol = query.read("symbol", Symbol::new, "must be 1-16 of A-Z 0-9 . _ -");
        query.throwIfInvalid();
        exchange.answerLater(
                cancelAll(exchange.caller().accountId(), symbol), answer -> answer.to(exchange));
    }

    CompletableFuture<OrderAnswer> cancel(AccountId accountId, OrderId id) {
        return outcomes.measured(engine.cancelOrder(accountId, id))
                .thenCompose(outcome -> ended.unlessDone(accountId, id, outcome))
                .thenCompose(
                        order ->
                                instrumentOfDone(order.terms().symbol())
                                        .thenApply(
                                                instrument ->
                                                        OrderAnswer.of(
                                                                200,
                                                                json ->
                                                                        OrderJson.write(
                                                                                json,
                                                                                order,
                                                                                instrument,
                                                                                null))));
    }

    /** The engine forgets the client order ids of orders that have ended, as it does the orders. */
    CompletableFuture<OrderAnswer> cancel(AccountId accountId, ClientOrderId id) {
        return outcomes.measured(engine.orderToCancel(accountId, id))
                .thenCompose(outcome -> ended.unlessDone(accountId, id, outcome))
                .thenCompose(CurrentRequest.kept(order -> cancel(accountId, order.id())));
    }

    CompletableFuture<OrderAnswer> cancelAll(AccountId accountId, @Nullable Symbol symbol) {
        CompletableFuture<Outcome<List<Order>>> canceled =
                symbol == null ? engine.cancelAll(accountId) : engine.cancelAll(accountId, symbol);
        return outcomes.measured(canceled)
                .thenCompose(
                        outcome -> {
                            if (outcome instanceof Outcome.Done<List<Order>> done) {
                                return answer(done.value());
                            }
                            throw Outcomes.problem(outcome, ErrorCode.ORDER_STATUS_UNKNOWN)
                                    .toException();
                        });
    }

    private CompletableFuture<OrderAnswer> answer(List<Order> orders) {
        Map<Symbol, CompletableFuture<Instrument>> bySymbol = new HashMap<>();
        List<CompletableFuture<Instrument>> found =
                orders.stream()
                        .map(order -> order.terms().symbol())
                        .map(symbol -> bySymbol.computeIfAbsent(symbol, this::instrumentOfDone))
                        .toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> OrderAnswer.ofAll(json -> write(json, orders, found)));
    }

    /** What is done must not be answered as if it were not. */
    private CompletableFuture<Instrument> instrumentOfDone(Symbol symbol) {
        return instruments
                .fetch(symbol)
                .exceptionally(
                        failure -> {
                            throw new ProblemException(
                                    ErrorCode.ORDER_STATUS_UNKNOWN,
                                    "canceled; the engine does not tell of instrument " + symbol);
                        });
    }

    private static void write(
            JsonGenerator json, List<Order> orders, List<CompletableFuture<Instrument>> instruments)
            throws IOException {
        json.writeStartArray();
        for (int i = 0; i < orders.size(); i++) {
            OrderJson.write(json, orders.get(i), instruments.get(i).join(), null);
        }
        json.writeEndArray();
    }
}
