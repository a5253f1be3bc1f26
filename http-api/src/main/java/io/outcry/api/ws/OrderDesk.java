package io.outcry.api.ws;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.outcry.api.http.Caller;
import io.outcry.api.http.Route.Access;
import io.outcry.api.limit.LimitClass;
import io.outcry.api.limit.Limits;
import io.outcry.api.orders.OrderAnswer;
import io.outcry.api.orders.OrderEntry;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.order.ClientOrderId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what clients ask for by socket about orders, under the rules of the routes that do
 * the same, by the same code. Never waits. Safe for use by many threads.
 */
public final class OrderDesk {
    private final OrderEntry entry;
    private final Limits limits;
    private final Callers callers;
    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(OrderOp op, int status) {}

    /** One for all sockets. */
    public OrderDesk(OrderEntry entry, Limits limits, Callers callers, MeterRegistry registry) {
        this.entry = entry;
        this.limits = limits;
        this.callers = callers;
        this.registry = registry;
    }

    /**
     * Carries a request out.
     *
     * @param caller null: nobody has authenticated
     * @throws ProblemException UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED or what is wrong with it
     */
    CompletableFuture<OrderAnswer> carryOut(
            OrderOp op, Request.Orders asked, @Nullable Caller caller) {
        Caller trader = trader(caller);
        AccountId account = trader.accountId();
        Limits.Standing unused = limits.admit(op.limit(), account, trader.tier());
        return switch (op) {
            case PLACE -> entry.place(account, Objects.requireNonNull(asked.order()));
            case REPLACE ->
                    entry.replace(
                            account,
                            Objects.requireNonNull(asked.orderId()),
                            Objects.requireNonNull(asked.terms()));
            case CANCEL -> cancel(account, asked);
            case CANCEL_ALL -> entry.cancelAll(account, asked.symbol());
        };
    }

    /**
     * Counts what is no order, as the routes that read do.
     *
     * @param caller null: nobody has authenticated, and the client's site is counted
     * @throws ProblemException RATE_LIMITED
     */
    void countRead(@Nullable Caller caller, String site) {
        Limits.Standing unused =
                caller == null
                        ? limits.admit(LimitClass.PUBLIC, site)
                        : limits.admit(LimitClass.READS, caller.accountId(), caller.tier());
    }

    private CompletableFuture<OrderAnswer> cancel(AccountId account, Request.Orders asked) {
        ClientOrderId own = asked.clientOrderId();
        return own == null
                ? entry.cancel(account, Objects.requireNonNull(asked.orderId()))
                : entry.cancel(account, own);
    }

    private Caller trader(@Nullable Caller caller) {
        if (caller == null) {
            throw new ProblemException(
                    ErrorCode.UNAUTHENTICATED, "orders want authentication first");
        }
        Problem refusal = callers.refusal(caller);
        if (refusal != null) {
            throw refusal.toException();
        }
        if (!caller.may().contains(Access.TRADE)) {
            throw Problem.of(
                            ErrorCode.FORBIDDEN, "what you authenticated with is not good for this")
                    .toException();
        }
        return caller;
    }

    /** Notes an answer. */
    void measure(OrderOp op, int status, long startNanos) {
        timers.computeIfAbsent(new Kind(op, status), this::timer)
                .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("outcry.socket.orders")
                .description("Order requests by WebSocket, by what they ask and status")
                .tag("op", kind.op().toString())
                .tag("status", Integer.toString(kind.status()))
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500))
                .register(registry);
    }
}
