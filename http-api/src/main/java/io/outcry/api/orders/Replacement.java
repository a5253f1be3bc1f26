package io.outcry.api.orders;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.engine.ReplaceOrder;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.RejectCode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gives an open order new terms. Safe for use by many threads. */
final class Replacement {
    private static final Fields FIELDS = new Fields();
    private static final Field QUANTITY = FIELDS.add("quantity", "qty");
    private static final Field PRICE = FIELDS.add("price");
    private static final Field STOP_PRICE = FIELDS.add("stop_price");
    private static final Field TRAIL_AMOUNT = FIELDS.add("trail_amount");

    private final Engine engine;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;
    private final EndedOrders ended;

    Replacement(Engine engine, Outcomes outcomes, InstrumentTable instruments, EndedOrders ended) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.instruments = instruments;
        this.ended = ended;
    }

    /** Answers with the order as the new terms left it. */
    void replace(Exchange exchange) throws IOException, InterruptedException {
        FlatObject body = exchange.body(FIELDS);
        OrderId id = OrderIds.of(exchange);
        AccountId accountId = exchange.caller().accountId();
        // Only the order tells the instrument, and that the scales of the numbers.
        Order order = done(exchange, id, engine.order(accountId, id));
        Instrument instrument = instruments.of(order.terms().symbol());
        ReplaceOrder command = read(body, accountId, id, instrument);
        PlacedOrder replaced = done(exchange, id, engine.replaceOrder(command));
        exchange.answer(
                200, json -> OrderJson.write(json, replaced.order(), instrument, fills(replaced)));
    }

    private <T> T done(Exchange exchange, OrderId id, CompletableFuture<Outcome<T>> answer)
            throws InterruptedException {
        Outcome<T> outcome = outcomes.await(answer);
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        if (outcome instanceof Outcome.Rejected<T> rejected
                && rejected.code() == RejectCode.UNKNOWN_ORDER) {
            throw ended.problem(exchange, id).toException();
        }
        throw EndedOrders.undone(outcome, id).toException();
    }

    private static ReplaceOrder read(
            FlatObject body, AccountId accountId, OrderId id, Instrument instrument) {
        Scale prices = instrument.priceScale();
        ReplaceOrder command =
                new ReplaceOrder(
                        accountId,
                        id,
                        body.optionalUnits(PRICE, prices, ErrorCode.INVALID_PRICE),
                        body.optionalUnits(
                                QUANTITY, instrument.quantityScale(), ErrorCode.INVALID_QUANTITY),
                        body.optionalUnits(STOP_PRICE, prices, ErrorCode.INVALID_STOP_PRICE),
                        body.optionalUnits(TRAIL_AMOUNT, prices, ErrorCode.INVALID_STOP_PRICE));
        body.throwIfInvalid();
        if (!body.has(PRICE)
                && !body.has(QUANTITY)
                && !body.has(STOP_PRICE)
                && !body.has(TRAIL_AMOUNT)) {
            throw Problem.of(
                            ErrorCode.INVALID_FIELD,
                            "one of quantity, price, stop_price, trail_amount is required")
                    .toException();
        }
        return command;
    }

    /** The engine tells the fills of this command alone; null unless they are the order's all. */
    private static @Nullable List<Fill> fills(PlacedOrder replaced) {
        long told = replaced.fills().stream().mapToLong(Fill::quantity).sum();
        return told == replaced.order().filledQuantity() ? replaced.fills() : null;
    }
}
