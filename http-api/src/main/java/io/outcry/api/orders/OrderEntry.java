package io.outcry.api.orders;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.store.OrderStore;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The commands of an account for its orders, the same by HTTP and by WebSocket. None waits: what is
 * wrong with a command is thrown or completes its future, as a {@link
 * io.outcry.api.problem.ProblemException}. Safe for use by many threads.
 */
public final class OrderEntry implements AutoCloseable {
    /** What an order that is placed may have. */
    public static final Fields ORDER = OrderRequest.FIELDS;

    /** What new terms of an order may have. */
    public static final Fields TERMS = Replacement.FIELDS;

    private final EndedOrders ended;
    private final Placement placement;
    private final BatchPlacement batch;
    private final Replacement replacement;
    private final Cancellation cancellation;

    public OrderEntry(
            Engine engine,
            Outcomes outcomes,
            InstrumentTable instruments,
            OrderStore orders,
            ReadAfterWrite reads) {
        ended = new EndedOrders(orders, reads);
        placement = new Placement(engine, outcomes, instruments);
        batch = new BatchPlacement(placement, instruments);
        replacement = new Replacement(engine, outcomes, instruments, ended);
        cancellation = new Cancellation(engine, outcomes, instruments, ended);
    }

    Placement placement() {
        return placement;
    }

    BatchPlacement batch() {
        return batch;
    }

    Replacement replacement() {
        return replacement;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Places an order of these {@link #ORDER} fields. */
    public CompletableFuture<OrderAnswer> place(AccountId accountId, FlatObject order) {
        return placement.place(accountId, order);
    }

    /** Gives an open order these {@link #TERMS}. */
    public CompletableFuture<OrderAnswer> replace(
            AccountId accountId, OrderId id, FlatObject terms) {
        return replacement.replace(accountId, id, terms);
    }

    public CompletableFuture<OrderAnswer> cancel(AccountId accountId, OrderId id) {
        return cancellation.cancel(accountId, id);
    }

    public CompletableFuture<OrderAnswer> cancel(AccountId accountId, ClientOrderId id) {
        return cancellation.cancel(accountId, id);
    }

    /**
     * Cancels all open orders.
     *
     * @param symbol null: of every instrument
     */
    public CompletableFuture<OrderAnswer> cancelAll(AccountId accountId, @Nullable Symbol symbol) {
        return cancellation.cancelAll(accountId, symbol);
    }

    @Override
    public void close() {
        ended.close();
    }
}
