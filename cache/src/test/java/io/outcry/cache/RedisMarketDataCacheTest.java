package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Side;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class RedisMarketDataCacheTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol MSFT = new Symbol("MSFT");
    private static final int CALLS = 2_000;

    private TestRedis redis;
    private RedisCache opened;
    private MarketDataCache cache;

    @BeforeEach
    void open() {
        redis = TestRedis.start();
        opened = RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC());
        cache = opened.marketData();
    }

    @AfterEach
    void close() {
        opened.close();
        redis.close();
    }

    @Test
    void whatIsPublishedIsReadBackExactly() {
        BookSnapshot book =
                new BookSnapshot(
                        AAPL,
                        Long.MAX_VALUE,
                        1_700_000_000_123_456_789L,
                        List.of(new BookLevel(150, 10, 2), new BookLevel(149, Long.MAX_VALUE, 1)),
                        List.of(new BookLevel(151, 7, 1)));
        List<PublicTrade> trades = trades(AAPL, 5);

        cache.publish(List.of(book), trades, List.of());

        assertThat(cache.book(AAPL)).contains(book);
        assertThat(cache.trades(AAPL, 100)).isEqualTo(trades);
        assertThat(cache.trades(AAPL, 2)).isEqualTo(trades.subList(0, 2));
    }

    @Test
    void symbolsThatAreNotNamedStayAsTheyAre() {
        BookSnapshot apple = book(AAPL, 1);
        cache.publish(List.of(apple, book(MSFT, 1)), trades(AAPL, 3), List.of());
        cache.publish(List.of(book(MSFT, 2)), trades(MSFT, 1), List.of());

        assertThat(cache.book(AAPL)).contains(apple);
        assertThat(cache.trades(AAPL, 10)).hasSize(3);
        assertThat(cache.book(MSFT)).contains(book(MSFT, 2));
    }

    @Test
    void whatWasNeverPublishedIsEmpty() {
        assertThat(cache.book(AAPL)).isEmpty();
        assertThat(cache.trades(AAPL, 10)).isEmpty();
        cache.publish(List.of(), List.of(), List.of());
    }

    @Test
    void keysOfASymbolShareAHashTagAndExpire() {
        cache.publish(List.of(book(AAPL, 1)), trades(AAPL, 1), List.of());
        try (RedisClient client = redis.client()) {
            assertThat(client.keys("*"))
                    .containsExactlyInAnyOrder("outcry:{AAPL}:book", "outcry:{AAPL}:trades");
            assertThat(client.pttl("outcry:{AAPL}:book")).isBetween(1L, 10_000L);
            assertThat(client.pttl("outcry:{AAPL}:trades")).isBetween(1L, 10_000L);
        }
    }

    @Test
    void aValueOfAnotherReleaseReadsAsNothing() {
        try (RedisClient client = redis.client()) {
            client.set("outcry:{AAPL}:book", "2 anything else");
            client.set("outcry:{AAPL}:trades", "2 anything else");
        }
        assertThat(cache.book(AAPL)).isEmpty();
        assertThat(cache.trades(AAPL, 10)).isEmpty();
    }

    @Test
    void aKilledRedisCostsAlmostNothingAndIsUsedAgainOnceItIsBack() {
        cache.publish(List.of(book(AAPL, 1)), List.of(), List.of());
        redis.kill();

        assertThat(timeOfCallsThatFail()).isLessThan(Duration.ofSeconds(2));

        redis.restart();
        publishUntilItWorks();
        awaitReading(2);
    }

    @Test
    void aFrozenRedisCostsAlmostNothingAndIsUsedAgainOnceItThaws() {
        cache.publish(List.of(book(AAPL, 1)), List.of(), List.of());
        redis.freeze();
        try {
            assertThat(timeOfCallsThatFail()).isLessThan(Duration.ofSeconds(2));
        } finally {
            redis.thaw();
        }
        publishUntilItWorks();
        awaitReading(2);
    }

    @Test
    void whatIsPublishedOutlastsAPauseThatAReaderDoesNotWaitFor() {
        cache.publish(List.of(book(AAPL, 1)), List.of(), List.of());
        redis.freeze();
        Thread thaw =
                new Thread(
                        () -> {
                            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
                            redis.thaw();
                        });
        thaw.start();
        assertThatThrownBy(() -> cache.book(AAPL)).isInstanceOf(CacheUnavailableException.class);
        cache.publish(List.of(book(AAPL, 2)), List.of(), List.of());
        awaitReading(2);
    }

    @Test
    void anAnswerThatIsAnErrorIsNoSuccess() {
        try (RedisClient client = redis.client()) {
            client.configSet("maxmemory", "1");
        }
        assertThatThrownBy(() -> cache.publish(List.of(book(AAPL, 1)), List.of(), List.of()))
                .isInstanceOf(CacheUnavailableException.class);
    }

    /** Each would take the timeout of 50 ms if it asked Redis. */
    private Duration timeOfCallsThatFail() {
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            assertThatThrownBy(() -> cache.book(AAPL))
                    .isInstanceOf(CacheUnavailableException.class);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void awaitReading(long sequence) {
        await().ignoreException(CacheUnavailableException.class)
                .until(() -> cache.book(AAPL).orElseThrow().sequence() == sequence);
    }

    private void publishUntilItWorks() {
        await().ignoreException(CacheUnavailableException.class)
                .until(
                        () -> {
                            cache.publish(List.of(book(AAPL, 2)), List.of(), List.of());
                            return true;
                        });
    }

    private static BookSnapshot book(Symbol symbol, long sequence) {
        return new BookSnapshot(
                symbol, sequence, 1, List.of(new BookLevel(sequence, 1, 1)), List.of());
    }

    private static List<PublicTrade> trades(Symbol symbol, int count) {
        List<PublicTrade> trades = new ArrayList<>();
        for (int i = count; i > 0; i--) {
            Side side = i % 2 == 0 ? Side.BUY : Side.SELL;
            trades.add(new PublicTrade(i, symbol, 150 + i, 10, side, 7L * i, 1_000L * i));
        }
        return trades;
    }
}
