package io.outcry.cache;

import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.access.Tickets;
import io.outcry.domain.access.TokenRevocations;
import io.outcry.domain.account.AccountFanOut;
import io.outcry.domain.account.AccountListener;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.store.OrderCache;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What all replicas share in one Redis server or cluster. Losing all of it costs nothing but a
 * moment, and one that is dead or frozen costs a few callers the timeout and all others nothing.
 * Safe for use by many threads. Closing it closes every connection and ends every thread.
 */
public final class RedisCache implements AutoCloseable {
    private final RedisConnection redis;

    /** For market data that is published: one miss, and all who follow it begin anew. */
    private final RedisConnection publishing;

    private final MarketDataCache marketData;
    private final OrderCache orders;
    private final RedisAccountFanOut accounts;
    private final RedisTokenRevocations revocations;
    private final ScheduledExecutorService renewal;

    private RedisCache(RedisConnection redis, RedisConnection publishing, Clock clock) {
        this.redis = redis;
        this.publishing = publishing;
        this.marketData = new RedisMarketDataCache(redis, publishing);
        this.orders = new RedisOrderCache(redis);
        this.accounts = new RedisAccountFanOut(redis, clock);
        this.revocations = new RedisTokenRevocations(redis, clock);
        this.renewal =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "outcry-cache-renewal");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Hears how long Redis took, on the threads that have waited for it, which it must not hold up.
     * Safe for use by many threads.
     */
    @FunctionalInterface
    public interface Times {
        /**
         * For what was asked, with the wait for a connection, in vain too.
         *
         * @param what one of a dozen texts, such as "counting"
         */
        void called(String what, long nanos);
    }

    /** A single server may come up later, or never; of a cluster one server must answer now. */
    public static RedisCache open(CacheSettings settings, Clock clock) {
        return open(settings, clock, (what, nanos) -> {});
    }

    /** The same with somebody who hears how long Redis takes. */
    public static RedisCache open(CacheSettings settings, Clock clock, Times times) {
        RedisCache cache =
                new RedisCache(
                        RedisConnection.open(settings, times),
                        RedisConnection.open(settings.patient(), times),
                        clock);
        // Both run until the timer is shut down.
        ScheduledFuture<?> unusedRenewing =
                cache.renewal.scheduleWithFixedDelay(
                        cache.revocations::renew, 1, 1, TimeUnit.SECONDS);
        long pauseMs = Math.max(1, settings.pause().toMillis());
        ScheduledFuture<?> unusedProbing =
                cache.renewal.scheduleWithFixedDelay(
                        cache::probe, pauseMs, pauseMs, TimeUnit.MILLISECONDS);
        return cache;
    }

    private void probe() {
        redis.probe();
        publishing.probe();
    }

    /** Books, last trades, tickers and newest candles. */
    public MarketDataCache marketData() {
        return marketData;
    }

    /** Ends listening; no call to the listener begins after {@code close} has returned. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** What is left for whoever shows a ticket. */
    public Tickets tickets() {
        return new RedisTickets(redis);
    }

    /** Updates of accounts that somebody follows. */
    public AccountFanOut accounts() {
        return accounts;
    }

    /**
     * Hears every update of every symbol, and of every account that is wanted, on a thread of its
     * own, until it is closed.
     */
    public Subscription listen(MarketListener market, AccountListener accountListener) {
        return LiveStream.start(redis, marketData, market, accountListener);
    }

    /** Orders that have ended. */
    public OrderCache orders() {
        return orders;
    }

    /** Tokens that no longer count. */
    public TokenRevocations revocations() {
        return revocations;
    }

    /**
     * Limits that all replicas share.
     *
     * @param replicas that each limit is divided by while Redis is away, above 0
     */
    public RateLimiter rateLimiter(int replicas) {
        return new RedisRateLimiter(redis, replicas, System::nanoTime);
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        publishing.close();
        redis.close();
    }
}
