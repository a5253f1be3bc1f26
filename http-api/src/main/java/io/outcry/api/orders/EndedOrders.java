package io.outcry.api.orders;

import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.RejectCode;
import io.outcry.domain.store.OrderStore;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells why a command did not find its order open. Asks the database on threads of its own, which
 * {@link #close} ends. Safe for use by many threads, none of which waits.
 */
final class EndedOrders implements AutoCloseable {
    private static final int LOOKUPS_AT_ONCE = 4;
    private static final int MOST_WAITING = 1_000;

    private final OrderStore orders;
    private final ReadAfterWrite reads;
    private final ThreadPoolExecutor lookups =
            new ThreadPoolExecutor(
                    LOOKUPS_AT_ONCE,
                    LOOKUPS_AT_ONCE,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    task -> new Thread(task, "ended-orders"));

    EndedOrders(OrderStore orders, ReadAfterWrite reads) {
        this.orders = orders;
        this.reads = reads;
    }

    /** What the command brought; fails with why the order was not open, or else undone. */
    <T> CompletableFuture<T> unlessDone(AccountId accountId, OrderId id, Outcome<T> outcome) {
        return unlessDone(
                new Sought(
                        accountId,
                        "order_id",
                        id.toString(),
                        "/api/orders/" + id,
                        () -> orders.find(accountId, id)),
                outcome);
    }

    /** The same of an order that goes by another name. */
    <T> CompletableFuture<T> unlessDone(AccountId accountId, ClientOrderId id, Outcome<T> outcome) {
        return unlessDone(
                new Sought(
                        accountId,
                        "client_order_id",
                        id.value(),
                        "/api/orders/by-client-id/" + id.value(),
                        () -> orders.find(accountId, id)),
                outcome);
    }

    /** An order as its account names it, and how the database is asked for it. */
    private record Sought(
            AccountId accountId,
            String member,
            String id,
            String lookup,
            Supplier<Optional<Order>> find) {
        Problem unknown() {
            return OrderIds.unknown(id);
        }

        /** What became of a command for the order other than its doing. */
        Problem undone(Outcome<?> outcome) {
            Problem problem = Outcomes.problem(outcome, ErrorCode.ORDER_STATUS_UNKNOWN);
            return problem.code() == ErrorCode.ORDER_STATUS_UNKNOWN
                    ? problem.with(member, id).with("lookup", lookup)
                    : problem;
        }
    }

    private <T> CompletableFuture<T> unlessDone(Sought sought, Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return CompletableFuture.completedFuture(done.value());
        }
        if (outcome instanceof Outcome.Rejected<T> rejected
                && rejected.code() == RejectCode.UNKNOWN_ORDER) {
            return problem(sought)
                    .thenApply(
                            problem -> {
                                throw problem.toException();
                            });
        }
        throw sought.undone(outcome).toException();
    }

    /**
     * The engine forgets an order that has ended; the projection remembers how it did. What it says
     * of an end is final, and told at once. Otherwise it may be behind, and would deny an order
     * that was acknowledged: it is asked again once it shows all that the account has done.
     */
    private CompletableFuture<Problem> problem(Sought sought) {
        return find(sought)
                .thenCompose(
                        early ->
                                early.filter(order -> !order.status().open()).isPresent()
                                        ? CompletableFuture.completedFuture(early)
                                        : reads.settledSurely(sought.accountId())
                                                .thenCompose(nothing -> find(sought)))
                .thenApply(found -> found.map(EndedOrders::closed).orElseGet(sought::unknown));
    }

    private CompletableFuture<Optional<Order>> find(Sought sought) {
        try {
            return CompletableFuture.supplyAsync(sought.find(), lookups);
        } catch (RejectedExecutionException e) {
            throw Problem.of(ErrorCode.OVERLOADED, "too many orders that have ended are asked for")
                    .toException();
        }
    }

    private static Problem closed(Order order) {
        return Problem.of(ErrorCode.ORDER_CLOSED, "order " + order.id() + " is " + order.status())
                .with("order_id", order.id().toString())
                .with("order_status", order.status().name());
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
