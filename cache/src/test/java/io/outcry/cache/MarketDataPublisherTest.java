package io.outcry.cache;

import static io.outcry.cache.MarketScript.AAPL;
import static io.outcry.cache.MarketScript.MSFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.event.Event;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.ProjectionFollower;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarketDataPublisherTest {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final MarketScript script = new MarketScript();
    private TestRedis redis;
    private RedisCache opened;
    private MarketDataCache cache;
    private MarketDataPublisher publisher;

    @BeforeEach
    void open() {
        redis = TestRedis.start();
        opened = RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC());
        cache = opened.marketData();
        publisher = start();
    }

    @AfterEach
    void close() {
        publisher.close();
        opened.close();
        redis.close();
    }

    @Test
    void aNewLeaderPublishesTheWholeMarketAsItIs() {
        publisher.leading(script.market());

        await().until(() -> bids().equals(List.of(new BookLevel(150, 10, 1))));
        assertThat(book().orElseThrow().sequence()).isEqualTo(100);
        assertThat(cache.trades(AAPL, 10))
                .extracting(PublicTrade::tradeId)
                .containsExactly(20L, 19L);
        assertThat(cache.book(MSFT).orElseThrow().bids()).isEmpty();
        assertThat(cache.trades(MSFT, 10)).isEmpty();
    }

    @Test
    void whatArrivesShowsInBookAndTrades() {
        publisher.leading(script.market());
        publisher.arrived(List.of(script.limit(Side.SELL, 4, 150), script.trade(4, 6)));

        await().until(() -> bids().equals(List.of(new BookLevel(150, 6, 1))));
        assertThat(book().orElseThrow().sequence()).isEqualTo(script.sequence());
        assertThat(cache.trades(AAPL, 10))
                .extracting(PublicTrade::tradeId)
                .containsExactly(21L, 20L, 19L);
        assertThat(cache.ticker(AAPL).orElseThrow().lastPrice()).isEqualTo(150);
        assertThat(cache.ticker(AAPL).orElseThrow().bidQuantity()).isEqualTo(6);
        assertThat(cache.candles(AAPL)).hasSize(5).allMatch(candle -> candle.volume() == 4);
    }

    @Test
    void aNewLeaderTellsNothingOlderThanWhatWasTold() {
        MarketState projected = script.market();
        List<Event> unwritten = List.of(script.limit(Side.SELL, 4, 150), script.trade(4, 6));
        publisher.leading(projected);
        publisher.arrived(unwritten);
        await().until(() -> sequence() == script.sequence());
        publisher.resigned();

        long told = script.sequence();
        try (MarketDataPublisher next = start()) {
            next.leading(projected);
            await().during(Duration.ofMillis(400)).until(() -> sequence() == told);
            next.arrived(unwritten);
            next.arrived(List.of(script.limit(Side.BUY, 1, 149)));
            await().until(() -> sequence() == script.sequence());
        }
    }

    @Test
    void whatWasToldAndIsLostIsNotAwaitedForEver() {
        publisher.leading(script.market());
        publisher.arrived(List.of(script.limit(Side.SELL, 4, 150), script.trade(4, 6)));
        await().until(() -> sequence() == script.sequence());
        publisher.resigned();

        try (MarketDataPublisher next = start()) {
            next.leading(script.market());
            await().until(() -> sequence() == 100);
        }
    }

    private MarketDataPublisher start() {
        return MarketDataPublisher.start(
                cache, MarketDataPublisher.Settings.DEFAULT, Clock.systemUTC());
    }

    private long sequence() {
        return book().map(BookSnapshot::sequence).orElse(0L);
    }

    @Test
    void whoDoesNotLeadPublishesNothing() {
        publisher.leading(script.market());
        await().until(() -> book().isPresent());
        publisher.resigned();
        publisher.arrived(List.of(script.limit(Side.BUY, 1, 149)));

        await().atMost(TWO_SECONDS)
                .during(Duration.ofMillis(300))
                .until(() -> book().orElseThrow().bids().size() == 1);
    }

    @Test
    void everythingIsBackSoonAfterTheCacheLostIt() {
        publisher.leading(script.market());
        await().until(() -> book().isPresent());

        redis.flushAll();

        await().atMost(TWO_SECONDS)
                .until(() -> book().isPresent() && cache.trades(AAPL, 10).size() == 2);
    }

    @Test
    void aFrozenCacheHoldsNobodyUpAndShowsTheLatestOnceItThaws() {
        publisher.leading(script.market());
        await().until(() -> book().isPresent());
        redis.freeze();
        try {
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                publisher.arrived(List.of(script.limit(Side.BUY, 1, 149)));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TWO_SECONDS);
        } finally {
            redis.thaw();
        }
        await().ignoreException(CacheUnavailableException.class)
                .until(() -> bids().contains(new BookLevel(149, 1_000, 1_000)));
    }

    @Test
    void aKilledCacheIsFilledOnceItIsBack() {
        publisher.leading(script.market());
        await().until(() -> book().isPresent());
        redis.kill();
        redis.restart();

        await().ignoreException(CacheUnavailableException.class).until(() -> book().isPresent());
    }

    @Test
    void afterBeingClosedItEndsItsThread() {
        ProjectionFollower follower = publisher;
        follower.leading(script.market());
        publisher.close();
        await().until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .noneMatch(t -> t.getName().equals("outcry-market-data")));
    }

    private Optional<BookSnapshot> book() {
        return cache.book(AAPL);
    }

    private List<BookLevel> bids() {
        return book().map(BookSnapshot::bids).orElse(List.of());
    }
}
