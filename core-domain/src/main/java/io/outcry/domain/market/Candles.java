package io.outcry.domain.market;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The candles of all instruments, built from their trades. A trade can change only the newest
 * candle of each interval, since the engine's time never goes back. Memory is bounded by
 * instruments and by what has changed since it was last taken. For one thread.
 */
public final class Candles {
    private record Key(Symbol symbol, CandleInterval interval, long openTimeNanos) {}

    private final Map<Symbol, Map<CandleInterval, Candle>> newest = new HashMap<>();
    private final Map<Key, Candle> changed = new LinkedHashMap<>();

    /** None, as before the first trade. */
    public Candles() {}

    /** Goes on from each symbol's newest candle of each interval, as taken from here before. */
    public static Candles restore(Collection<Candle> newest) {
        Candles candles = new Candles();
        newest.forEach(candles::put);
        return candles;
    }

    /**
     * Takes account of the next trade.
     *
     * @throws IllegalStateException when it is older than the symbol's newest candle
     */
    public void apply(Event.Traded trade) {
        for (CandleInterval interval : CandleInterval.values()) {
            Candle candle = next(newest(trade.symbol(), interval), interval, trade);
            put(candle);
            changed.put(new Key(candle.symbol(), interval, candle.openTimeNanos()), candle);
        }
    }

    private static Candle next(@Nullable Candle last, CandleInterval interval, Event.Traded trade) {
        if (last == null || trade.timeNanos() >= last.closeTimeNanos()) {
            return Candle.of(interval, trade);
        }
        if (trade.timeNanos() < last.openTimeNanos()) {
            throw new IllegalStateException(
                    "trade " + trade.tradeId() + " is older than the newest candle");
        }
        return last.with(trade);
    }

    /** The newest candle, which may be over; null: there has been no trade. */
    public @Nullable Candle newest(Symbol symbol, CandleInterval interval) {
        return newest.getOrDefault(symbol, Map.of()).get(interval);
    }

    /** Every candle that was begun or changed since this was last asked, as it is now. */
    public List<Candle> takeChanged() {
        List<Candle> taken = List.copyOf(changed.values());
        changed.clear();
        return taken;
    }

    private void put(Candle candle) {
        newest.computeIfAbsent(candle.symbol(), key -> new EnumMap<>(CandleInterval.class))
                .put(candle.interval(), candle);
    }
}
