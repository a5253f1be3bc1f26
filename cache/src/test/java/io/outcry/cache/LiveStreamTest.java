package io.outcry.cache;

import static io.outcry.cache.MarketScript.AAPL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Tickers;
import io.outcry.domain.order.Side;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/** A publisher on one replica, a listener on another. */
class LiveStreamTest {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MarketScript script = new MarketScript();
    private final Follower follower = new Follower();
    private TestRedis redis;
    private RedisCache here;
    private RedisCache there;
    private MarketDataPublisher publisher;
    private RedisCache.Subscription subscription;

    /** Keeps the books by updates and snapshots alone. */
    private static final class Follower implements MarketListener {
        final Map<Symbol, BookSnapshot> books = new ConcurrentHashMap<>();
        final List<PublicTrade> trades = new CopyOnWriteArrayList<>();
        final AtomicInteger gaps = new AtomicInteger();
        final AtomicInteger snapshots = new AtomicInteger();

        /** What the book of {@link MarketScript#AAPL} came to last. */
        volatile long sequence;

        @Override
        public void onUpdate(MarketUpdate update) {
            books.computeIfPresent(update.symbol(), (symbol, book) -> update.applyTo(book));
            trades.addAll(update.trades());
            reached(update.symbol(), update.sequence());
        }

        @Override
        public void onSnapshot(BookSnapshot book) {
            snapshots.incrementAndGet();
            books.put(book.symbol(), book);
            reached(book.symbol(), book.sequence());
        }

        private void reached(Symbol symbol, long newSequence) {
            if (symbol.equals(AAPL)) {
                sequence = newSequence;
            }
        }

        @Override
        public void onGap(Symbol symbol) {
            gaps.incrementAndGet();
            books.remove(symbol);
        }

        List<BookLevel> bids() {
            BookSnapshot book = books.get(AAPL);
            return book == null ? List.of() : book.bids();
        }
    }

    @BeforeEach
    void open() {
        redis = TestRedis.start();
        here = RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC());
        there = RedisCache.open(CacheSettings.of(redis.uri()), Clock.systemUTC());
        publisher =
                MarketDataPublisher.start(
                        here.marketData(), MarketDataPublisher.Settings.DEFAULT, Clock.systemUTC());
        subscription = there.listen(follower, HeardAccounts.NOBODY);
        publisher.leading(script.market());
        await().atMost(PATIENCE).until(() -> follower.bids().size() == 1);
    }

    @AfterEach
    void close() {
        subscription.close();
        publisher.close();
        here.close();
        there.close();
        redis.close();
    }

    @Test
    void updatesAloneKeepTheBookAndTellEveryTrade() {
        int snapshots = follower.snapshots.get();
        publisher.arrived(List.of(script.limit(Side.SELL, 4, 150), script.trade(4, 6)));
        await().until(() -> follower.bids().equals(List.of(new BookLevel(150, 6, 1))));
        publisher.arrived(List.of(script.limit(Side.BUY, 3, 149)));
        await().until(() -> follower.bids().contains(new BookLevel(149, 3, 1)));

        assertThat(follower.trades).extracting(PublicTrade::quantity).containsExactly(4L);
        assertThat(follower.snapshots.get()).isEqualTo(snapshots);
        assertThat(follower.gaps.get()).isZero();
    }

    @Test
    void aMissedUpdateIsNoticedAndMadeGoodBySnapshot() {
        // One that leads from where the listener never was.
        BookSnapshot book =
                new BookSnapshot(AAPL, 1_000, 5, List.of(new BookLevel(140, 1, 1)), List.of());
        publisher.resigned();
        MarketUpdate stray =
                new MarketUpdate(
                        AAPL,
                        1_000,
                        999,
                        5,
                        List.of(),
                        List.of(),
                        List.of(),
                        new Tickers().ticker(AAPL, 5, book),
                        List.of());
        here.marketData().publish(List.of(book), List.of(), List.of(stray));

        await().atMost(TWO_SECONDS).until(() -> book.equals(follower.books.get(AAPL)));
        assertThat(follower.gaps.get()).isEqualTo(1);
    }

    @Test
    void afterALostConnectionTheListenerHasTheBookAgain() {
        redis.command(Protocol.Command.CLIENT, "KILL", "TYPE", "pubsub");
        publisher.arrived(List.of(script.limit(Side.BUY, 3, 149)));
        await().atMost(PATIENCE).until(() -> follower.bids().contains(new BookLevel(149, 3, 1)));
        assertThat(follower.gaps.get()).isPositive();
    }

    @Test
    void whatAFrozenRedisHeldBackIsMadeGood() {
        redis.freeze();
        try {
            await().atMost(PATIENCE).until(() -> follower.gaps.get() > 0);
            publisher.arrived(List.of(script.limit(Side.BUY, 3, 149)));
        } finally {
            redis.thaw();
        }
        await().atMost(PATIENCE).until(() -> follower.bids().contains(new BookLevel(149, 3, 1)));
    }

    @Test
    void afterAFlushUnderLoadAllIsBackWithinTwoSeconds() throws Exception {
        AtomicBoolean loading = new AtomicBoolean(true);
        ExecutorService loader = Executors.newSingleThreadExecutor();
        Future<Long> load = loader.submit(() -> trade(loading));
        try {
            await().atMost(PATIENCE).until(() -> follower.trades.size() > 100);
            redis.flushAll();
            // What is found from now on was written after the flush.
            long flushedAt = follower.sequence;
            awaitAllBeyond(flushedAt);
            awaitAllBeyond(follower.sequence);
        } finally {
            loading.set(false);
            loader.shutdown();
        }
        long rounds = load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        await().atMost(TWO_SECONDS).until(() -> follower.sequence == script.sequence());
        assertThat(follower.bids())
                .containsExactly(
                        new BookLevel(150, 10, 1), new BookLevel(149, rounds, (int) rounds));
        assertThat(follower.trades)
                .extracting(PublicTrade::tradeId)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    /** The publisher's only caller meanwhile, with some thousand events a second. */
    private long trade(AtomicBoolean loading) {
        long rounds = 0;
        while (loading.get()) {
            publisher.arrived(script.tradeAndRest());
            rounds++;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return rounds;
    }

    private void awaitAllBeyond(long sequence) {
        MarketDataCache cache = there.marketData();
        await().atMost(TWO_SECONDS)
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .until(
                        () ->
                                follower.sequence > sequence
                                        && cache.book(AAPL).orElseThrow().sequence() > sequence
                                        && cache.ticker(AAPL).orElseThrow().sequence() > sequence
                                        && cache.trades(AAPL, 1).get(0).sequence() > sequence
                                        && candlesAreBeyond(cache.candles(AAPL), sequence));
    }

    private static boolean candlesAreBeyond(List<Candle> candles, long sequence) {
        return candles.size() == CandleInterval.values().length
                && candles.stream().allMatch(candle -> candle.sequence() > sequence);
    }
}
