package io.outcry.api.orders;

import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.RejectCode;
import io.outcry.domain.store.OrderStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells why a command did not find its order open. Asks the database on threads of its own, which
 * {@link #close} ends. Safe for use by many threads, none of which waits.
 */
final class EndedOrders implements AutoCloseable {
    private static final int LOOKUPS_AT_ONCE = 4;
    private static final int MOST_WAITING = 1_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

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
        if (outcome instanceof Outcome.Done<T> done) {
            return CompletableFuture.completedFuture(done.value());
        }
        if (outcome instanceof Outcome.Rejected<T> rejected
                && rejected.code() == RejectCode.UNKNOWN_ORDER) {
            return problem(accountId, id)
                    .thenApply(
                            problem -> {
                                throw problem.toException();
                            });
        }
        throw undone(outcome, id).toException();
    }

    /**
     * The engine forgets an order that has ended; the projection remembers how it did. What it says
     * of an end is final, and told at once. Otherwise it may be behind, and would deny an order
     * that was acknowledged: it is asked again once it shows all that the account has done.
     */
    private CompletableFuture<Problem> problem(AccountId accountId, OrderId id) {
        return find(accountId, id)
                .thenCompose(
                        early ->
                                early.filter(order -> !order.status().open()).isPresent()
                                        ? CompletableFuture.completedFuture(early)
                                        : reads.settledSurely(accountId)
                                                .thenCompose(nothing -> find(accountId, id)))
                .thenApply(
                        found ->
                                found.map(EndedOrders::closed)
                                        .orElseGet(() -> OrderIds.unknown(id.toString())));
    }

    private CompletableFuture<Optional<Order>> find(AccountId accountId, OrderId id) {
        try {
            return CompletableFuture.supplyAsync(() -> orders.find(accountId, id), lookups);
        } catch (RejectedExecutionException e) {
            throw Problem.of(ErrorCode.OVERLOADED, "too many orders that have ended are asked for")
                    .withRetryAfter(RETRY_AFTER)
                    .toException();
        }
    }

    private static Problem closed(Order order) {
        return Problem.of(ErrorCode.ORDER_CLOSED, "order " + order.id() + " is " + order.status())
                .with("order_id", order.id().toString())
                .with("order_status", order.status().name());
    }

    /** What became of a command for an order other than its doing. */
    private static Problem undone(Outcome<?> outcome, OrderId id) {
        Problem problem = Outcomes.problem(outcome, ErrorCode.ORDER_STATUS_UNKNOWN);
        return problem.code() == ErrorCode.ORDER_STATUS_UNKNOWN
                ? problem.with("order_id", id.toString()).with("lookup", "/api/orders/" + id)
                : problem;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
