package io.outcry.api.orders;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.QueryParameters;
import io.outcry.api.problem.ErrorCode;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.RejectCode;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Cancels one order, or all. Safe for use by many threads. */
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
    void cancel(Exchange exchange) throws IOException, InterruptedException {
        OrderId id = OrderIds.of(exchange);
        Outcome<Order> outcome =
                outcomes.await(engine.cancelOrder(exchange.caller().accountId(), id));
        if (outcome instanceof Outcome.Done<Order> done) {
            Order order = done.value();
            exchange.answer(200, json -> OrderJson.write(json, order, instrument(order), null));
        } else if (outcome instanceof Outcome.Rejected<Order> rejected
                && rejected.code() == RejectCode.UNKNOWN_ORDER) {
            throw ended.problem(exchange, id).toException();
        } else {
            throw EndedOrders.undone(outcome, id).toException();
        }
    }

    /** Answers with all orders that were canceled. */
    void cancelAll(Exchange exchange) throws IOException {
        QueryParameters query = exchange.query(Set.of("symbol"));
        Symbol symbol = query.read("symbol", Symbol::new, "must be 1-16 of A-Z 0-9 . _ -");
        query.throwIfInvalid();
        AccountId accountId = exchange.caller().accountId();
        Outcome<List<Order>> outcome =
                outcomes.await(
                        symbol == null
                                ? engine.cancelAll(accountId)
                                : engine.cancelAll(accountId, symbol));
        if (!(outcome instanceof Outcome.Done<List<Order>> done)) {
            throw Outcomes.problem(outcome, ErrorCode.ORDER_STATUS_UNKNOWN).toException();
        }
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("orders");
                    for (Order order : done.value()) {
                        OrderJson.write(json, order, instrument(order), null);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private Instrument instrument(Order order) {
        return instruments.of(order.terms().symbol());
    }
}
