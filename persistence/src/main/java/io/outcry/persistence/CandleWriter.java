package io.outcry.persistence;

import static io.outcry.persistence.Columns.longs;
import static io.outcry.persistence.Columns.texts;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.Candles;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the candles that a batch begins or changes. Of each symbol and interval only the newest
 * stored one can change; it knows when that opens. For one thread.
 */
final class CandleWriter {
    private static final String SET_CANDLES =
            """
            UPDATE candles c SET high = u.high, low = u.low, close = u.close, volume = u.volume,
                turnover = u.turnover, trades = u.trades, sequence = u.sequence
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS u (symbol, candle_interval,
                open_time_nanos, open, high, low, close, volume, turnover, trades, sequence)
            WHERE c.symbol = u.symbol AND c.candle_interval = u.candle_interval
                AND c.open_time_nanos = u.open_time_nanos
            """;
    private static final String ADD_CANDLES =
            """
            INSERT INTO candles (symbol, candle_interval, open_time_nanos, open, high, low, close,
                volume, turnover, trades, sequence)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final WriterStatements statements;
    private final Map<Symbol, Map<CandleInterval, Long>> newestStored = new HashMap<>();

    CandleWriter(WriterStatements statements, Collection<Candle> newest) {
        this.statements = statements;
        newest.forEach(this::stored);
    }

    void write(Candles candles) {
        List<Candle> changed = candles.takeChanged();
        List<Candle> known = changed.stream().filter(this::isStored).toList();
        List<Candle> begun = changed.stream().filter(candle -> !isStored(candle)).toList();
        change(SET_CANDLES, known);
        change(ADD_CANDLES, begun);
        begun.forEach(this::stored);
    }

    private boolean isStored(Candle candle) {
        Long newest = newestStored.getOrDefault(candle.symbol(), Map.of()).get(candle.interval());
        return newest != null && newest == candle.openTimeNanos();
    }

    private void stored(Candle candle) {
        newestStored
                .computeIfAbsent(candle.symbol(), key -> new EnumMap<>(CandleInterval.class))
                .merge(candle.interval(), candle.openTimeNanos(), Math::max);
    }

    private void change(String sql, List<Candle> candles) {
        short[] intervals = new short[candles.size()];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = Codes.CANDLE_INTERVAL.of(candles.get(i).interval());
        }
        statements.change(
                sql,
                candles.size(),
                texts(candles, candle -> candle.symbol().value()),
                intervals,
                longs(candles, Candle::openTimeNanos),
                longs(candles, Candle::open),
                longs(candles, Candle::high),
                longs(candles, Candle::low),
                longs(candles, Candle::close),
                longs(candles, Candle::volume),
                longs(candles, Candle::turnover),
                longs(candles, Candle::trades),
                longs(candles, Candle::sequence));
    }
}
