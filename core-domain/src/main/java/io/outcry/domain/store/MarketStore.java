package io.outcry.domain.store;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.PublicTrade;
import java.util.List;

/**
 * What has been traded. Safe for use by many threads. Methods throw {@link
 * StoreUnavailableException} when the store does not answer.
 */
public interface MarketStore {

    /** Newest first. The page's boundary is a trade id. */
    List<PublicTrade> trades(Symbol symbol, Page page);

    /**
     * Newest first, the newest as it stands so far; there is none for an interval without trades.
     * The page's boundary is an opening time.
     */
    List<Candle> candles(Symbol symbol, CandleInterval interval, Page page);
}
