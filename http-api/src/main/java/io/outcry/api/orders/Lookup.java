package io.outcry.api.orders;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.engine.ReadAfterWrite.Freshness;
import io.outcry.api.http.Exchange;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.store.OrderStore;
import io.outcry.domain.store.StoreUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds one order. With the database away the engine is asked, which knows open orders and recent
 * ones by client order id, so that an unknown outcome can be looked up even then; fills are left
 * out in that case. Safe for use by many threads.
 */
final class Lookup {
    private static final Logger LOG = LoggerFactory.getLogger(Lookup.class);

    private final Engine engine;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;
    private final OrderStore orders;
    private final ReadAfterWrite reads;

    Lookup(
            Engine engine,
            Outcomes outcomes,
            InstrumentTable instruments,
            OrderStore orders,
            ReadAfterWrite reads) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.instruments = instruments;
        this.orders = orders;
        this.reads = reads;
    }

    void byId(Exchange exchange) throws IOException, InterruptedException {
        AccountId accountId = exchange.caller().accountId();
        OrderId id = OrderIds.of(exchange);
        answer(
                exchange,
                id.toString(),
                () -> orders.find(accountId, id),
                () -> engine.order(accountId, id));
    }

    void byClientOrderId(Exchange exchange) throws IOException, InterruptedException {
        AccountId accountId = exchange.caller().accountId();
        ClientOrderId id = clientOrderId(exchange.pathParameter("client_order_id"));
        answer(
                exchange,
                id.value(),
                () -> orders.find(accountId, id),
                () -> engine.order(accountId, id));
    }

    private void answer(
            Exchange exchange,
            String id,
            Supplier<Optional<Order>> projected,
            Supplier<CompletableFuture<Outcome<Order>>> live)
            throws IOException, InterruptedException {
        Found found = projected(exchange, id, projected);
        if (found == null) {
            found = new Found(live(outcomes.await(live.get()), id), null);
        }
        write(exchange, found.order(), found.fills());
    }

    /** An order, and its fills where they are known. */
    private record Found(Order order, @Nullable List<Fill> fills) {}

    /** The order as projected; null when the projection cannot tell. */
    private @Nullable Found projected(
            Exchange exchange, String id, Supplier<Optional<Order>> projected)
            throws InterruptedException {
        try {
            Freshness freshness = reads.freshness(exchange);
            Order order = freshness == Freshness.BEHIND ? null : projected.get().orElse(null);
            if (order != null) {
                AccountId accountId = exchange.caller().accountId();
                return new Found(
                        order,
                        orders.fills(accountId, List.of(order))
                                .getOrDefault(order.id(), List.of()));
            }
            if (freshness == Freshness.SHOWS_ALL) {
                throw OrderIds.unknown(id).toException();
            }
        } catch (StoreUnavailableException e) {
            LOG.debug("order {} is looked up at the engine", id, e);
        }
        return null;
    }

    /** An engine that does not have the order does not mean that there is none: it forgets. */
    private static Order live(Outcome<Order> outcome, String id) {
        if (outcome instanceof Outcome.Done<Order> done) {
            return done.value();
        }
        if (outcome instanceof Outcome.Refused<Order>) {
            throw Outcomes.problem(outcome, ErrorCode.OUTCOME_UNKNOWN).toException();
        }
        throw Problem.of(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "the engine does not tell of order " + id + ", nor does the database")
                .toException();
    }

    private void write(Exchange exchange, Order order, @Nullable List<Fill> fills)
            throws IOException {
        exchange.answer(
                200,
                json ->
                        OrderJson.write(
                                json, order, instruments.of(order.terms().symbol()), fills));
    }

    private static ClientOrderId clientOrderId(String text) {
        try {
            return new ClientOrderId(text);
        } catch (IllegalArgumentException e) {
            throw Problem.ofField(
                            ErrorCode.INVALID_FIELD,
                            "client_order_id",
                            "must be 1-36 of A-Z a-z 0-9 _ -")
                    .toException();
        }
    }
}
