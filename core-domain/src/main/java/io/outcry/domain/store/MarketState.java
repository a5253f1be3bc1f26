package io.outcry.domain.store;

import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Order;
import java.util.List;
import java.util.function.Consumer;

/**
 * The whole market as of one sequence, for one who goes on from there with the events that follow.
 * For one thread.
 */
public interface MarketState {
    /** Of the last event that is in it. */
    long sequence();

    List<Instrument> instruments();

    /** Hands over every open order, in no order, without holding them all at once. */
    void openOrders(Consumer<Order> each);

    /** The last trades of each symbol, newest first. */
    List<PublicTrade> lastTrades(int perSymbol);

    /** Candles of all symbols that begin at that time or later, of each symbol the oldest first. */
    List<Candle> candles(CandleInterval interval, long fromNanos);
}
