package io.outcry.domain.market;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;

/**
 * The trades of one interval, added up; there is none for an interval without trades. Sums that do
 * not fit 64 bits stay at the largest number that does.
 *
 * @param openTimeNanos when the interval begins, UTC nanoseconds since the epoch
 * @param open price of its first trade
 * @param close price of its last trade so far
 * @param volume quantity traded, in quantity units
 * @param turnover notional traded, in cash units
 * @param trades how many, above 0
 * @param sequence of the last trade's event
 */
public record Candle(
        Symbol symbol,
        CandleInterval interval,
        long openTimeNanos,
        long open,
        long high,
        long low,
        long close,
        long volume,
        long turnover,
        long trades,
        long sequence) {

    /** When the interval ends: the first time that is not in it. */
    public long closeTimeNanos() {
        return openTimeNanos + interval.nanos();
    }

    /** Begins with one trade. */
    static Candle of(CandleInterval interval, Event.Traded trade) {
        return new Candle(
                trade.symbol(),
                interval,
                interval.startOf(trade.timeNanos()),
                trade.price(),
                trade.price(),
                trade.price(),
                trade.price(),
                trade.quantity(),
                trade.notional(),
                1,
                trade.sequence());
    }

    /** With one more trade of the interval. */
    Candle with(Event.Traded trade) {
        return new Candle(
                symbol,
                interval,
                openTimeNanos,
                open,
                Math.max(high, trade.price()),
                Math.min(low, trade.price()),
                trade.price(),
                Sums.add(volume, trade.quantity()),
                Sums.add(turnover, trade.notional()),
                trades + 1,
                trade.sequence());
    }
}
