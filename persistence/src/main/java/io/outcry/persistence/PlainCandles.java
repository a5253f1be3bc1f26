package io.outcry.persistence;

import io.outcry.domain.event.Event;
import io.outcry.persistence.PlainReplay.Rows;
import java.util.HashMap;
import java.util.Map;

/** Candles, one trade at a time in the plainest way. For one thread. */
final class PlainCandles {
    private static final long[] SECONDS = {1, 60, 300, 3_600, 86_400};
    private static final long SECOND_NANOS = 1_000_000_000;

    private record Key(String symbol, int code) {}

    private static final class Open {
        long start;
        long open;
        long high;
        long low;
        long close;
        long volume;
        long turnover;
        long trades;
        long sequence;
    }

    private final Rows rows;
    private final Map<Key, Open> newest = new HashMap<>();

    PlainCandles(Rows rows) {
        this.rows = rows;
    }

    void traded(Event.Traded e) {
        for (int i = 0; i < SECONDS.length; i++) {
            Key key = new Key(e.symbol().value(), i + 1);
            long length = SECONDS[i] * SECOND_NANOS;
            long start = e.timeNanos() - Math.floorMod(e.timeNanos(), length);
            Open candle = newest.get(key);
            if (candle != null && candle.start != start) {
                row(key, candle);
                candle = null;
            }
            if (candle == null) {
                candle = new Open();
                candle.start = start;
                candle.open = e.price();
                candle.high = e.price();
                candle.low = e.price();
                newest.put(key, candle);
            }
            add(candle, e);
        }
    }

    private static void add(Open candle, Event.Traded e) {
        candle.high = Math.max(candle.high, e.price());
        candle.low = Math.min(candle.low, e.price());
        candle.close = e.price();
        candle.volume = sum(candle.volume, e.quantity());
        candle.turnover = sum(candle.turnover, e.notional());
        candle.trades++;
        candle.sequence = e.sequence();
    }

    /** Of two that are not below 0; what is too large stays at the largest number. */
    private static long sum(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }

    void end() {
        newest.forEach(this::row);
    }

    private void row(Key key, Open candle) {
        rows.row(
                "candles",
                key.code == 1 ? candle.sequence : Long.MAX_VALUE,
                key.symbol,
                key.code,
                candle.start,
                candle.open,
                candle.high,
                candle.low,
                candle.close,
                candle.volume,
                candle.turnover,
                candle.trades,
                candle.sequence);
    }
}
