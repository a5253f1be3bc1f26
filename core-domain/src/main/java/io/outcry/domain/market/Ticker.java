package io.outcry.domain.market;

import io.outcry.domain.instrument.Symbol;

/**
 * An instrument at a glance: its best prices, its last trade, and the figures of 24 hours, which
 * are the current minute's and the 1,439 minutes' before it. Prices and quantities are 0 where
 * there is nothing to tell. Sums that do not fit 64 bits stay at the largest number that does.
 *
 * @param sequence of the last event of the feed that it takes account of
 * @param timeNanos that the 24 hours end at, UTC nanoseconds since the epoch
 * @param lastTimeNanos when the last trade was
 * @param openPrice of the 24 hours' first trade
 * @param volume quantity traded, in quantity units
 * @param turnover notional traded, in cash units
 */
public record Ticker(
        Symbol symbol,
        long sequence,
        long timeNanos,
        long bidPrice,
        long bidQuantity,
        long askPrice,
        long askQuantity,
        long lastPrice,
        long lastQuantity,
        long lastTimeNanos,
        long openPrice,
        long highPrice,
        long lowPrice,
        long volume,
        long turnover,
        long trades) {

    /** What the price has changed by within the 24 hours. */
    public long change() {
        return openPrice == 0 ? 0 : lastPrice - openPrice;
    }
}
