package io.outcry.api.ws;

import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a symbol, from which its updates go on.
 *
 * @param newestFirst the last trades, some of them perhaps newer than the book
 * @param ticker null: nothing is known of it
 * @param candles of each interval the newest
 */
record MarketStart(
        BookSnapshot book,
        List<PublicTrade> newestFirst,
        @Nullable Ticker ticker,
        Collection<Candle> candles) {}
