package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Whoever wants to hears how long Redis takes. */
class TimesTest {
    private static final Symbol APPLE = new Symbol("AAPL");

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Long> lasted = new CopyOnWriteArrayList<>();

    private void called(String what, long nanos) {
        calls.add(what);
        lasted.add(nanos);
    }

    @Test
    void aCallIsHeardByItsNameAndAFailureToo() {
        try (TestRedis redis = TestRedis.start();
                RedisCache cache =
                        RedisCache.open(
                                CacheSettings.of(redis.uri()), Clock.systemUTC(), this::called)) {
            assertThat(cache.marketData().book(APPLE)).isEmpty();
            redis.kill();
            assertThatThrownBy(() -> cache.marketData().book(APPLE))
                    .isInstanceOf(CacheUnavailableException.class);
        }
        assertThat(calls).containsExactly("reading market data", "reading market data");
        assertThat(lasted).allMatch(nanos -> nanos > 0);
    }
}
