package io.outcry.api.engine;

import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The engine's instruments, kept at hand: scales never change, and the rest of an instrument's
 * terms may be as old as the last refresh. Safe for use by many threads.
 */
public final class InstrumentTable {
    /** Shortest time between two refreshes that unknown symbols cause. */
    private static final long MIN_REFRESH_NANOS = Duration.ofMillis(250).toNanos();

    private static final CompletableFuture<?> AT_HAND = CompletableFuture.completedFuture(null);

    private final Engine engine;
    private final Outcomes outcomes;
    private final AtomicLong lastAskedNanos;
    private final AtomicLong asked = new AtomicLong();

    /** The number of the asking whose answer is at hand. */
    private long taken;

    /** An asking that has not begun, for all who would be too early. */
    private @Nullable CompletableFuture<?> soon;

    private volatile Map<String, Instrument> bySymbol = Map.of();

    /** Why the engine has not told of its instruments when it was last asked; null: it has. */
    private volatile @Nullable Problem untold;

    public InstrumentTable(Engine engine, Outcomes outcomes) {
        this.engine = engine;
        this.outcomes = outcomes;
        lastAskedNanos = new AtomicLong(System.nanoTime() - MIN_REFRESH_NANOS);
    }

    /** Blocks while the engine is asked for its instruments; whether it answered. */
    public boolean refresh() {
        long number = asked.incrementAndGet();
        return take(number, outcomes.await(engine.instruments()));
    }

    private synchronized boolean take(long number, Outcome<List<Instrument>> outcome) {
        if (number < taken) {
            return true;
        }
        if (!(outcome instanceof Outcome.Done<List<Instrument>> done)) {
            untold = Outcomes.untold(outcome);
            return false;
        }
        Map<String, Instrument> fresh = new TreeMap<>();
        for (Instrument instrument : done.value()) {
            fresh.put(instrument.symbol().value(), instrument);
        }
        taken = number;
        bySymbol = Collections.unmodifiableMap(fresh);
        untold = null;
        return true;
    }

    /** The instrument if it is at hand, else null. Asks nobody. */
    public @Nullable Instrument atHand(String symbol) {
        return bySymbol.get(symbol);
    }

    /**
     * Has the engine asked for what is not at hand, together with others if it was asked just
     * before: what was defined since is never taken for unknown, and what is no symbol is not asked
     * for. Never blocks; done when {@link #atHand} says all that there is; fails with a {@link
     * ProblemException} when the engine does not tell.
     */
    public CompletableFuture<?> fetch(Collection<String> symbols) {
        for (String symbol : symbols) {
            if (!bySymbol.containsKey(symbol) && Symbol.isSymbol(symbol)) {
                return askSoon().thenRun(this::requireTold);
            }
        }
        return AT_HAND;
    }

    /** Asks now, or as soon as another asking is due. */
    private synchronized CompletableFuture<?> askSoon() {
        CompletableFuture<?> waiting = soon;
        if (waiting != null) {
            return waiting;
        }
        if (mayAsk()) {
            return refreshLater();
        }
        long early = lastAskedNanos.get() + MIN_REFRESH_NANOS - System.nanoTime();
        waiting =
                CompletableFuture.runAsync(
                                this::beginWaiting,
                                CompletableFuture.delayedExecutor(early, TimeUnit.NANOSECONDS))
                        .thenCompose(begun -> refreshLater());
        soon = waiting;
        return waiting;
    }

    private synchronized void beginWaiting() {
        soon = null;
        lastAskedNanos.set(System.nanoTime());
    }

    private void requireTold() {
        Problem problem = untold;
        if (problem != null) {
            throw problem.toException();
        }
    }

    /**
     * The instrument of something that exists, so that its instrument does too. Never blocks; fails
     * with a {@link ProblemException} when the engine does not tell of one that is not at hand.
     */
    public CompletableFuture<Instrument> fetch(Symbol symbol) {
        Instrument instrument = bySymbol.get(symbol.value());
        return instrument != null
                ? CompletableFuture.completedFuture(instrument)
                : refreshLater().thenApply(asked -> existing(symbol));
    }

    private CompletableFuture<Boolean> refreshLater() {
        long number = asked.incrementAndGet();
        return outcomes.measured(engine.instruments()).thenApply(outcome -> take(number, outcome));
    }

    /**
     * Blocks if the engine must be asked; null when there is none, as far as that just told.
     *
     * @throws ProblemException when it does not tell
     */
    public @Nullable Instrument find(String symbol) {
        Instrument instrument = bySymbol.get(symbol);
        if (instrument == null) {
            boolean unused = mayAsk() && refresh();
            instrument = bySymbol.get(symbol);
        }
        if (instrument == null) {
            requireTold();
        }
        return instrument;
    }

    /**
     * The instrument of something that exists, so that its instrument does too.
     *
     * @throws ProblemException when the engine does not tell of one that is not at hand
     */
    public Instrument of(Symbol symbol) {
        Instrument instrument = bySymbol.get(symbol.value());
        if (instrument == null) {
            boolean unused = refresh();
            instrument = existing(symbol);
        }
        return instrument;
    }

    private Instrument existing(Symbol symbol) {
        Instrument instrument = bySymbol.get(symbol.value());
        if (instrument == null) {
            requireTold();
            throw new IllegalStateException("no instrument " + symbol);
        }
        return instrument;
    }

    /** All instruments by symbol. */
    public Collection<Instrument> all() {
        return bySymbol.values();
    }

    /** The scale of a currency's cash, or null when no instrument trades in it. */
    public @Nullable Scale cashScale(Currency currency) {
        for (Instrument instrument : bySymbol.values()) {
            if (instrument.currency().equals(currency)) {
                return instrument.cashScale();
            }
        }
        return null;
    }

    /**
     * The scale of cash that exists, so that its currency is traded in.
     *
     * @throws ProblemException when the engine does not tell of it and it is not at hand
     */
    public Scale of(Currency currency) {
        Scale scale = cashScale(currency);
        if (scale == null) {
            boolean unused = refresh();
            scale = cashScale(currency);
        }
        if (scale == null) {
            requireTold();
            throw new IllegalStateException("no instrument trades in " + currency);
        }
        return scale;
    }

    private boolean mayAsk() {
        long now = System.nanoTime();
        long last = lastAskedNanos.get();
        return now - last >= MIN_REFRESH_NANOS && lastAskedNanos.compareAndSet(last, now);
    }
}
