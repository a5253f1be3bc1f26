package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.store.ProjectionFollower;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** The README's example, as it stands there. */
final class CacheExample {
    private CacheExample() {}

    static Optional<BookSnapshot> book(URI redis, Consumer<ProjectionFollower> run) {
        // example
        CacheSettings settings = CacheSettings.of(redis);
        try (RedisCache cache = RedisCache.open(settings, Clock.systemUTC());
                MarketDataPublisher publisher =
                        MarketDataPublisher.start(
                                cache.marketData(),
                                MarketDataPublisher.Settings.DEFAULT,
                                Clock.systemUTC())) {
            run.accept(publisher);
            return cache.marketData().book(new Symbol("AAPL"));
        }
        // end
    }
}
