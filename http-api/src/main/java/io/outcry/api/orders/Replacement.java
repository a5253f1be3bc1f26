package io.outcry.api.orders;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.CurrentRequest;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.ReplaceOrder;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.OrderId;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Gives an open order new terms. Never waits. Safe for use by many threads. */
final class Replacement {
    static final Fields FIELDS = new Fields();
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
    void replace(Exchange exchange) throws IOException {
        FlatObject terms = exchange.body(FIELDS);
        exchange.answerLater(
                replace(exchange.caller().accountId(), OrderIds.of(exchange), terms),
                answer -> answer.to(exchange));
    }

    /** Only the order tells the instrument, and that the scales of the numbers. */
    CompletableFuture<OrderAnswer> replace(AccountId accountId, OrderId id, FlatObject terms) {
        return done(accountId, id, engine.order(accountId, id))
                .thenCompose(order -> instruments.fetch(order.terms().symbol()))
                .thenCompose(
                        CurrentRequest.kept(
                                instrument ->
                                        replace(
                                                read(terms, accountId, id, instrument),
                                                instrument)));
    }

    private CompletableFuture<OrderAnswer> replace(ReplaceOrder command, Instrument instrument) {
        return done(command.accountId(), command.orderId(), engine.replaceOrder(command))
                .thenApply(
                        replaced ->
                                OrderAnswer.of(
                                        200,
                                        json ->
                                                OrderJson.write(
                                                        json,
                                                        replaced.order(),
                                                        instrument,
                                                        Placement.fills(replaced))));
    }

    private <T> CompletableFuture<T> done(
            AccountId accountId, OrderId id, CompletableFuture<Outcome<T>> answer) {
        return outcomes.measured(answer)
                .thenCompose(outcome -> ended.unlessDone(accountId, id, outcome));
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
}
