package io.outcry.domain.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandlesTest {
    private static final int TRADES = 3_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261124, 4711})
    void everyIntervalShowsWhatGroupingItsTradesShows(long seed) {
        RandomTrades source = new RandomTrades(seed);
        Candles candles = new Candles();
        List<Event.Traded> trades = new ArrayList<>();
        Map<List<Object>, Candle> seen = new HashMap<>();
        for (int i = 0; i < TRADES; i++) {
            Event.Traded trade = source.next();
            trades.add(trade);
            candles.apply(trade);
            if (i % 7 == 0) {
                candles = restored(candles, seen);
            }
        }
        collect(candles, seen);
        assertThat(seen).as("seed %s", seed).isEqualTo(slowCandles(trades));
    }

    /** What is taken is stored; what goes on is built from what was stored newest. */
    private static Candles restored(Candles candles, Map<List<Object>, Candle> seen) {
        collect(candles, seen);
        List<Candle> newest = new ArrayList<>();
        for (Symbol symbol : RandomTrades.SYMBOLS) {
            for (CandleInterval interval : CandleInterval.values()) {
                Candle candle = candles.newest(symbol, interval);
                if (candle != null) {
                    newest.add(candle);
                }
            }
        }
        return Candles.restore(newest);
    }

    private static void collect(Candles candles, Map<List<Object>, Candle> seen) {
        candles.takeChanged()
                .forEach(c -> seen.put(List.of(c.symbol(), c.interval(), c.openTimeNanos()), c));
        assertThat(candles.takeChanged()).isEmpty();
    }

    private static Map<List<Object>, Candle> slowCandles(List<Event.Traded> trades) {
        Map<List<Object>, List<Event.Traded>> groups = new HashMap<>();
        for (Event.Traded trade : trades) {
            for (CandleInterval interval : CandleInterval.values()) {
                long start = trade.timeNanos() - trade.timeNanos() % interval.nanos();
                groups.computeIfAbsent(
                                List.of(trade.symbol(), interval, start), k -> new ArrayList<>())
                        .add(trade);
            }
        }
        Map<List<Object>, Candle> candles = new HashMap<>();
        groups.forEach((key, group) -> candles.put(key, slowCandle(key, group)));
        return candles;
    }

    private static Candle slowCandle(List<Object> key, List<Event.Traded> group) {
        return new Candle(
                (Symbol) key.get(0),
                (CandleInterval) key.get(1),
                (long) key.get(2),
                group.get(0).price(),
                group.stream().mapToLong(Event.Traded::price).max().orElseThrow(),
                group.stream().mapToLong(Event.Traded::price).min().orElseThrow(),
                group.get(group.size() - 1).price(),
                group.stream().mapToLong(Event.Traded::quantity).sum(),
                group.stream().mapToLong(Event.Traded::notional).sum(),
                group.size(),
                group.get(group.size() - 1).sequence());
    }

    @Test
    void aTradeOlderThanTheNewestCandleIsRefused() {
        RandomTrades source = new RandomTrades(3);
        Candles candles = new Candles();
        Map<Symbol, Event.Traded> first = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        for (int i = 0; i < 200; i++) {
            Event.Traded trade = source.next();
            first.putIfAbsent(trade.symbol(), trade);
            candles.apply(trade);
        }
        assertThatThrownBy(() -> candles.apply(first.get(new Symbol("AAPL"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(CandleInterval.class)
    void anIntervalIsFoundByItsCodeAndBeginsAtWholeMultiples(CandleInterval interval) {
        assertThat(CandleInterval.of(interval.code())).contains(interval);
        assertThat(interval.startOf(interval.nanos() * 5 - 1)).isEqualTo(interval.nanos() * 4);
        assertThat(interval.startOf(interval.nanos() * 5)).isEqualTo(interval.nanos() * 5);
        assertThat(interval.startOf(-1)).isEqualTo(-interval.nanos());
    }

    @Test
    void anUnknownCodeIsNoInterval() {
        assertThat(CandleInterval.of("2m")).isEmpty();
        assertThat(CandleInterval.ONE_DAY.nanos()).isEqualTo(TimeUnit.DAYS.toNanos(1));
    }

    @Test
    void sumsThatDoNotFitStayAtTheLargestNumber() {
        assertThat(Sums.add(Long.MAX_VALUE - 1, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Sums.add(Long.MAX_VALUE - 1, 2)).isEqualTo(Long.MAX_VALUE);
        assertThat(Sums.add(3, 4)).isEqualTo(7);
    }
}
