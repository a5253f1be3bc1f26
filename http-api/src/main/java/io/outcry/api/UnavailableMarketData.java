package io.outcry.api;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.ProjectionFollower;
import java.util.List;
import java.util.Optional;

/**
 * Says that there is no market data, as long as nothing publishes it. Safe for use by many threads.
 */
final class UnavailableMarketData implements MarketDataCache, ProjectionFollower {
    private static CacheUnavailableException unavailable() {
        return new CacheUnavailableException(
                "market data is not published yet", new IllegalStateException("no cache"));
    }

    @Override
    public void publish(List<BookSnapshot> books, List<PublicTrade> trades) {
        throw unavailable();
    }

    @Override
    public Optional<BookSnapshot> book(Symbol symbol) {
        throw unavailable();
    }

    @Override
    public List<PublicTrade> trades(Symbol symbol, int limit) {
        throw unavailable();
    }

    @Override
    public void leading(MarketState market) {}

    @Override
    public void written(List<Event> events) {}

    @Override
    public void resigned() {}
}
