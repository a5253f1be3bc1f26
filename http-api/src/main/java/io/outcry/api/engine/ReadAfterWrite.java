package io.outcry.api.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.outcry.api.http.Exchange;
import io.outcry.api.metrics.StageTimers;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.store.Projection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Makes an account's reads show the account's writes, whichever replica took them: the engine says
 * which event touched the account last, and the read waits until the projection has come to it.
 * Without the engine a read goes on, and its answer says how far the projection is. Safe for use by
 * many threads; {@link #close} ends its own.
 */
public final class ReadAfterWrite implements AutoCloseable {
    private static final String SEQUENCE_HEADER = "Outcry-Projection-Sequence";
    private static final String ENGINE_AWAY = "the engine is away: may lack recent changes";
    private static final String PRICES_BEHIND = "prices may lack recent trades of others";

    /** Longer than the projection is behind while it keeps up. */
    private static final Duration PRICES_PATIENCE = Duration.ofMillis(250);

    private final Engine engine;
    private final Outcomes outcomes;
    private final Projection projection;
    private final ProjectionWatch watch;
    private final Duration patience;
    private final ProjectionQueue queue;
    private final Timer ofWrites;
    private final Timer ofPrices;

    /**
     * Waits with that patience.
     *
     * @param patience how long a read waits for the projection
     */
    public ReadAfterWrite(
            Engine engine,
            Outcomes outcomes,
            Projection projection,
            ProjectionWatch watch,
            Duration patience,
            MeterRegistry registry) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.projection = projection;
        this.watch = watch;
        this.patience = patience;
        this.queue = new ProjectionQueue(watch, patience);
        StageTimers waits =
                new StageTimers(
                        registry,
                        "outcry.projection.waits",
                        "Reads that wait until the projection shows what they have to",
                        "awaited");
        ofWrites = waits.of("writes");
        ofPrices = waits.of("prices");
    }

    /** How much the projection shows of what the caller has done. */
    public enum Freshness {
        SHOWS_ALL,
        BEHIND,
        /** The engine is away, and could not be asked how far the projection has to be. */
        NOT_KNOWN
    }

    /**
     * Blocks until the projection shows all that the caller has done so far. With the engine away
     * the answer is marked instead.
     *
     * @throws io.outcry.api.problem.ProblemException PROJECTION_BEHIND when that takes too long,
     *     ENGINE_UNAVAILABLE when the engine is there and does not say how far it has to come
     */
    public void settle(Exchange exchange) throws InterruptedException {
        if (freshness(exchange) == Freshness.BEHIND) {
            throw behind();
        }
    }

    /**
     * The same for what is valued at the last prices, which others' trades move: waits a moment for
     * those, too, and marks the answer when the projection is further behind.
     *
     * @throws io.outcry.api.problem.ProblemException likewise
     */
    public void settleWithPrices(Exchange exchange) throws InterruptedException {
        Freshness freshness = freshness(exchange);
        if (freshness == Freshness.BEHIND) {
            throw behind();
        }
        if (freshness == Freshness.SHOWS_ALL
                && !shows(engine.durableSequence(), PRICES_PATIENCE, ofPrices)) {
            mark(exchange, PRICES_BEHIND);
        }
    }

    /**
     * The same for an account that is read for another reason than a request. With the engine away
     * what is read may lack recent changes.
     *
     * @throws io.outcry.api.problem.ProblemException likewise
     */
    public void settle(AccountId accountId) throws InterruptedException {
        if (freshness(accountId) == Freshness.BEHIND) {
            throw behind();
        }
    }

    /**
     * The same; tells instead of throwing.
     *
     * @throws io.outcry.api.problem.ProblemException ENGINE_UNAVAILABLE likewise
     */
    public Freshness freshness(Exchange exchange) throws InterruptedException {
        Freshness freshness = freshness(exchange.caller().accountId());
        if (freshness == Freshness.NOT_KNOWN) {
            markAsProjected(exchange);
        }
        return freshness;
    }

    private Freshness freshness(AccountId accountId) throws InterruptedException {
        Outcome<Account> outcome = outcomes.await(engine.account(accountId));
        if (outcome instanceof Outcome.Done<Account> done) {
            return shows(done.sequence(), patience, ofWrites)
                    ? Freshness.SHOWS_ALL
                    : Freshness.BEHIND;
        }
        if (outcome instanceof Outcome.Rejected<Account>) {
            return Freshness.SHOWS_ALL;
        }
        if (engine.connected()) {
            throw Outcomes.untold(outcome).toException();
        }
        return Freshness.NOT_KNOWN;
    }

    private boolean shows(long sequence, Duration longest, Timer waits)
            throws InterruptedException {
        long startNanos = System.nanoTime();
        try {
            return watch.await(sequence, longest);
        } finally {
            waits.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * The same for an answer that would be wrong without it, and without blocking: fails with a
     * {@link ProblemException} when the engine is not there to be asked, or PROJECTION_BEHIND.
     */
    public CompletableFuture<?> settledSurely(AccountId accountId) {
        return outcomes.measured(engine.account(accountId))
                .thenCompose(outcome -> reached(Outcomes.done(outcome).sequence()))
                .thenAccept(
                        shown -> {
                            if (!shown) {
                                throw behind();
                            }
                        });
    }

    private CompletableFuture<Boolean> reached(long sequence) {
        long startNanos = System.nanoTime();
        return queue.reached(sequence)
                .whenComplete(
                        (shown, failure) ->
                                ofWrites.record(
                                        System.nanoTime() - startNanos, TimeUnit.NANOSECONDS));
    }

    /** Whether the projection has come to the sequence. Waits for the database. */
    public boolean projected(long sequence) {
        return projection.position() >= sequence;
    }

    private static ProblemException behind() {
        return Problem.of(ErrorCode.PROJECTION_BEHIND, "what was done last does not show yet")
                .toException();
    }

    /** Says in the answer that it may lack what was done last, and how far the projection is. */
    public void markAsProjected(Exchange exchange) {
        mark(exchange, ENGINE_AWAY);
    }

    private void mark(Exchange exchange, String why) {
        exchange.addContentHeaders(
                Map.of(
                        SEQUENCE_HEADER,
                        Long.toString(projection.position()),
                        "Warning",
                        "199 outcry \"" + why + "\""));
    }

    @Override
    public void close() {
        queue.close();
    }
}
