package io.outcry.api.http;

import io.outcry.api.http.Route.Access;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a route: lets in who may take it, and makes an answer of whatever happens. Safe for
 * use by many threads.
 */
final class Gate {
    private final Route route;
    private final Authenticator authenticator;
    private final BooleanSupplier started;
    private final @Nullable RouteLimit limit;
    private final RouteTimers timers;

    /**
     * @param limit null: none
     */
    Gate(
            Route route,
            Authenticator authenticator,
            BooleanSupplier started,
            @Nullable RouteLimit limit,
            RouteTimers timers) {
        this.route = route;
        this.authenticator = authenticator;
        this.started = started;
        this.limit = limit;
        this.timers = timers;
    }

    Route route() {
        return route;
    }

    /** Answers; returns null when that is done, else what completes when it is. */
    @Nullable CompletableFuture<?> handle(Exchange exchange) {
        long startNanos = System.nanoTime();
        CurrentRequest.during(exchange.requestId(), () -> answer(exchange));
        CompletableFuture<?> later = exchange.later();
        if (later != null) {
            return finish(later, exchange, startNanos);
        }
        timers.record(exchange.status(), startNanos);
        return null;
    }

    private void answer(Exchange exchange) {
        try {
            admit(exchange);
            route.action().answer(exchange);
        } catch (Exception e) {
            Failures.answer(exchange, route.name(), e);
        }
    }

    private CompletableFuture<?> finish(
            CompletableFuture<?> later, Exchange exchange, long startNanos) {
        return later.handle(
                (done, failure) -> {
                    if (failure != null) {
                        Failures.answer(exchange, route.name(), failure);
                    }
                    timers.record(exchange.status(), startNanos);
                    return done;
                });
    }

    private void admit(Exchange exchange) {
        Access access = route.access();
        if (access == Access.PROBE) {
            return;
        }
        requireStarted();
        if (access != Access.PUBLIC) {
            exchange.authenticated(authenticate(exchange));
        }
        if (limit != null) {
            limit.admit(exchange, access);
            exchange.limited(limit);
        }
    }

    private Caller authenticate(Exchange exchange) {
        Caller caller = authenticator.authenticate(exchange);
        if (!caller.may().contains(route.access())) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "what you authenticate with is not good for this");
        }
        return caller;
    }

    private void requireStarted() {
        if (!started.getAsBoolean()) {
            throw new ProblemException(ErrorCode.NOT_STARTED, "the server is still starting");
        }
    }
}
