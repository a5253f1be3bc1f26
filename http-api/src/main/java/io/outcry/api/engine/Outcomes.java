package io.outcry.api.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.outcry.api.metrics.StageTimers;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.order.RejectCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the engine's answer, and tells what became of a command that was not done. */
public final class Outcomes {
    private final Duration patience;
    private final Timer done;
    private final Timer rejected;
    private final Timer refused;
    private final Timer unknown;

    /**
     * Waits with that patience, and measures how long it took.
     *
     * @param patience a little more than the engine client's own deadline, which answers first
     */
    public Outcomes(Duration patience, MeterRegistry registry) {
        this.patience = patience;
        StageTimers answers =
                new StageTimers(
                        registry,
                        "outcry.engine.answers",
                        "Commands and reads of the engine, until their answer is here",
                        "outcome");
        done = answers.of("done");
        rejected = answers.of("rejected");
        refused = answers.of("refused");
        unknown = answers.of("unknown");
    }

    /** Blocks the calling thread for the answer, which is unknown when it does not come in time. */
    public <T> Outcome<T> await(CompletableFuture<Outcome<T>> answer) {
        long startNanos = System.nanoTime();
        Outcome<T> outcome = get(answer);
        timer(outcome).record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
        return outcome;
    }

    /** The answer when it comes, measured; unknown when it does not come in time. Nothing waits. */
    public <T> CompletableFuture<Outcome<T>> measured(CompletableFuture<Outcome<T>> answer) {
        long startNanos = System.nanoTime();
        return answer.completeOnTimeout(late(), patience.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(
                        outcome -> {
                            long nanos = System.nanoTime() - startNanos;
                            timer(outcome).record(nanos, TimeUnit.NANOSECONDS);
                            return outcome;
                        });
    }

    private static <T> Outcome<T> late() {
        return new Outcome.Unknown<>("the engine did not answer in time");
    }

    private Timer timer(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Done<?>) {
            return done;
        }
        if (outcome instanceof Outcome.Rejected<?>) {
            return rejected;
        }
        return outcome instanceof Outcome.Refused<?> ? refused : unknown;
    }

    private <T> Outcome<T> get(CompletableFuture<Outcome<T>> answer) {
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown<>("interrupted while waiting for the engine");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the engine client failed", e);
        }
    }

    /**
     * Waits for what must be done to go on.
     *
     * @throws io.outcry.api.problem.ProblemException when it was not done
     */
    public <T> Outcome.Done<T> require(CompletableFuture<Outcome<T>> answer) {
        return done(await(answer));
    }

    /**
     * The outcome of what must be done to go on.
     *
     * @throws io.outcry.api.problem.ProblemException when it was not done
     */
    public static <T> Outcome.Done<T> done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done;
        }
        throw problem(outcome, ErrorCode.OUTCOME_UNKNOWN).toException();
    }

    /** What to answer when the outcome is anything but done. */
    public static Problem problem(Outcome<?> outcome, ErrorCode unknown) {
        if (outcome instanceof Outcome.Rejected<?> rejected) {
            return rejection(rejected.code(), rejected.message());
        }
        if (outcome instanceof Outcome.Refused<?> refused) {
            return Problem.of(ErrorCode.ENGINE_UNAVAILABLE, refused.message())
                    .withRetryAfter(refused.retryAfter());
        }
        if (outcome instanceof Outcome.Unknown<?> lost) {
            return Problem.of(unknown, lost.message());
        }
        throw new IllegalArgumentException("a command that was done is no problem");
    }

    /** What to answer when the engine has not told what is needed; nothing was to be done there. */
    public static Problem untold(Outcome<?> outcome) {
        return outcome instanceof Outcome.Unknown<?>
                ? Problem.of(ErrorCode.ENGINE_UNAVAILABLE, "the engine does not answer in time")
                : problem(outcome, ErrorCode.OUTCOME_UNKNOWN);
    }

    private static Problem rejection(RejectCode code, String message) {
        Problem problem = Problem.of(ErrorCode.of(code), message);
        String field = field(code);
        return field == null
                ? problem
                : problem.withErrors(List.of(new Problem.FieldError(field, message)));
    }

    private static @Nullable String field(RejectCode code) {
        return switch (code) {
            case UNKNOWN_SYMBOL, MARKET_HALTED -> "symbol";
            case DUPLICATE_CLIENT_ORDER_ID -> "client_order_id";
            case INVALID_QUANTITY -> "quantity";
            case INVALID_PRICE, PRICE_OUT_OF_BAND -> "price";
            case INVALID_STOP_PRICE -> "stop_price";
            case POST_ONLY_WOULD_TAKE -> "post_only";
            case UNKNOWN_ACCOUNT,
                    ACCOUNT_SUSPENDED,
                    INVALID_ORDER,
                    NOTIONAL_LIMIT,
                    INSUFFICIENT_FUNDS,
                    POSITION_LIMIT,
                    OVERFLOW,
                    UNKNOWN_ORDER,
                    INVALID_COMMAND ->
                    null;
        };
    }
}
