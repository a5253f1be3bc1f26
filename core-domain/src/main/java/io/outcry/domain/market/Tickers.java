package io.outcry.domain.market;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The figures of 24 hours of all instruments, built from their trades by the minute: at most 1,440
 * candles of each instrument are kept. The time is the caller's to say. For one thread.
 */
public final class Tickers {
    private static final long MINUTE = CandleInterval.ONE_MINUTE.nanos();

    /** What lies between the first minute's beginning and the last one's. */
    private static final long SPAN = TimeUnit.DAYS.toNanos(1) - MINUTE;

    private final Map<Symbol, Day> days = new HashMap<>();

    /** Without a trade. */
    public Tickers() {}

    /**
     * Goes on from what was there before.
     *
     * @param minutes candles of one minute, of each symbol the oldest first; those of the last 24
     *     hours matter
     * @param lastTrades each symbol's last trade, as far as it is still there
     * @param instruments whose last price stays known when the trades are not kept any more; the
     *     last quantity and time are 0 then
     */
    public static Tickers restore(
            Collection<Candle> minutes,
            Collection<PublicTrade> lastTrades,
            Collection<Instrument> instruments) {
        Tickers tickers = new Tickers();
        instruments.forEach(
                instrument ->
                        tickers.day(instrument.symbol()).restoredPrice = instrument.lastPrice());
        minutes.forEach(minute -> tickers.day(minute.symbol()).minutes.addLast(minute));
        lastTrades.forEach(trade -> tickers.day(trade.symbol()).last = trade);
        return tickers;
    }

    /** The start of the first minute that counts at that time. */
    public static long windowStart(long timeNanos) {
        return CandleInterval.ONE_MINUTE.startOf(timeNanos) - SPAN;
    }

    /** Takes account of the next trade. */
    public void apply(Event.Traded trade) {
        day(trade.symbol()).add(trade);
    }

    /**
     * How an instrument stands.
     *
     * @param timeNanos now, UTC nanoseconds since the epoch; not before the last trade applied
     * @param book of the symbol, with at least one level of each side
     */
    public Ticker ticker(Symbol symbol, long timeNanos, BookSnapshot book) {
        Day day = day(symbol);
        day.forget(windowStart(timeNanos));
        Figures figures = new Figures();
        day.minutes.forEach(figures::add);
        BookLevel bid = best(book.bids());
        BookLevel ask = best(book.asks());
        PublicTrade last = day.last;
        return new Ticker(
                symbol,
                book.sequence(),
                timeNanos,
                bid.price(),
                bid.quantity(),
                ask.price(),
                ask.quantity(),
                last == null ? day.restoredPrice : last.price(),
                last == null ? 0 : last.quantity(),
                last == null ? 0 : last.timeNanos(),
                figures.open,
                figures.high,
                figures.low,
                figures.volume,
                figures.turnover,
                figures.trades);
    }

    private static BookLevel best(List<BookLevel> levels) {
        return levels.isEmpty() ? new BookLevel(0, 0, 0) : levels.get(0);
    }

    private Day day(Symbol symbol) {
        return days.computeIfAbsent(symbol, key -> new Day());
    }

    /** One instrument's last trade and minutes, oldest first. */
    private static final class Day {
        private final Deque<Candle> minutes = new ArrayDeque<>();
        private @Nullable PublicTrade last;
        private long restoredPrice;

        void add(Event.Traded trade) {
            Candle minute = minutes.peekLast();
            if (minute == null || trade.timeNanos() >= minute.closeTimeNanos()) {
                minutes.addLast(Candle.of(CandleInterval.ONE_MINUTE, trade));
                forget(windowStart(trade.timeNanos()));
            } else {
                minutes.removeLast();
                minutes.addLast(minute.with(trade));
            }
            last = PublicTrade.of(trade);
        }

        void forget(long beforeNanos) {
            Candle oldest = minutes.peekFirst();
            while (oldest != null && oldest.openTimeNanos() < beforeNanos) {
                minutes.removeFirst();
                oldest = minutes.peekFirst();
            }
        }
    }

    private static final class Figures {
        long open;
        long high;
        long low;
        long volume;
        long turnover;
        long trades;

        void add(Candle minute) {
            if (trades == 0) {
                open = minute.open();
                high = minute.high();
                low = minute.low();
            }
            high = Math.max(high, minute.high());
            low = Math.min(low, minute.low());
            volume = Sums.add(volume, minute.volume());
            turnover = Sums.add(turnover, minute.turnover());
            trades += minute.trades();
        }
    }
}
