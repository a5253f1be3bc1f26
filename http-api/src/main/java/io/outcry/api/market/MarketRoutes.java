package io.outcry.api.market;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.store.MarketStore;
import java.util.List;

/** What is traded, and how. */
public final class MarketRoutes {
    private MarketRoutes() {}

    public static List<Route> of(
            InstrumentTable instruments, MarketDataCache cache, MarketStore store) {
        MarketData data = new MarketData(instruments, cache);
        Charts charts = new Charts(data, cache, store);
        return List.of(
                Route.get("/api/instruments", Access.PUBLIC, data::instruments),
                Route.get("/api/market/{symbol}/book", Access.PUBLIC, data::book),
                Route.get("/api/market/{symbol}/trades", Access.PUBLIC, data::trades),
                Route.get("/api/market/{symbol}/ticker", Access.PUBLIC, charts::ticker),
                Route.get("/api/market/{symbol}/candles", Access.PUBLIC, charts::candles));
    }
}
