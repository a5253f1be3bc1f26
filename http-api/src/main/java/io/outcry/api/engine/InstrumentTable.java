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
        return take(outcomes.await(engine.instruments()));
    }

    private boolean take(Outcome<List<Instrument>> outcome) {
        if (!(outcome instanceof Outcome.Done<List<Instrument>> done)) {
            untold = Outcomes.untold(outcome);
            return false;
        }
        Map<String, Instrument> fresh = new TreeMap<>();
        for (Instrument instrument : done.value()) {
            fresh.put(instrument.symbol().value(), instrument);
        }
        bySymbol = Collections.unmodifiableMap(fresh);
        untold = null;
        return true;
    }

    /** The instrument if it is at hand, else null. Asks nobody. */
    public @Nullable Instrument atHand(String symbol) {
        return bySymbol.get(symbol);
    }

    /**
     * Has the engine asked for what is not at hand, unless it was just before. Never blocks; done
     * when {@link #atHand} says all that there is; fails with a {@link ProblemException} when the
     * engine does not tell.
     */
    public CompletableFuture<?> fetch(Collection<String> symbols) {
        if (bySymbol.keySet().containsAll(symbols)) {
            return AT_HAND;
        }
        return (mayAsk() ? refreshLater() : AT_HAND).thenRun(this::requireTold);
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
        return outcomes.measured(engine.instruments()).thenApply(this::take);
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

    private boolean mayAsk() {
        long now = System.nanoTime();
        long last = lastAskedNanos.get();
        return now - last >= MIN_REFRESH_NANOS && lastAskedNanos.compareAndSet(last, now);
    }
}
