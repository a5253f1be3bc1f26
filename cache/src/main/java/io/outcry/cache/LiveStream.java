package io.outcry.cache;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountListener;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Listens to the updates of all symbols and accounts on a connection and a thread of its own, and
 * connects anew when the connection is lost or has been silent for so long that Redis must be taken
 * for frozen: a leader speaks every second. Its methods are safe for use by many threads.
 */
final class LiveStream implements RedisCache.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final String ALL_SYMBOLS = "outcry:{*}:updates";
    private static final long STEP_MS = 50;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long WATCH_MS = 250;
    private static final long CLOSE_MS = 2_000;

    private final RedisConnection redis;
    private final MarketChains chains;
    private final AccountListener accounts;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread listener = new Thread(this::listen, "outcry-market-listener");
    private final Thread watcher = new Thread(this::watch, "outcry-market-watcher");

    private volatile @Nullable Jedis connection;
    private volatile long heardAtNanos = System.nanoTime();

    private LiveStream(RedisConnection redis, MarketChains chains, AccountListener accounts) {
        this.redis = redis;
        this.chains = chains;
        this.accounts = accounts;
        listener.setDaemon(true);
        watcher.setDaemon(true);
    }

    static LiveStream start(
            RedisConnection redis,
            MarketDataCache cache,
            MarketListener market,
            AccountListener accounts) {
        LiveStream stream = new LiveStream(redis, new MarketChains(cache, market), accounts);
        stream.listener.start();
        stream.watcher.start();
        return stream;
    }

    private void listen() {
        try {
            for (int attempt = 0; closing.getCount() > 0; attempt++) {
                heardAtNanos = System.nanoTime();
                try (Jedis jedis =
                        new Jedis(
                                redis.listeningAddress(attempt),
                                RedisConnection.clientConfig(redis.settings()))) {
                    connection = jedis;
                    jedis.psubscribe(new Channel(), ALL_SYMBOLS, RedisAccountFanOut.ALL_CHANNELS);
                } catch (JedisException e) {
                    LOG.debug("the market's updates are not heard", e);
                } catch (RuntimeException e) {
                    // Such as a certificate's file that is being replaced.
                    LOG.error("the market's updates cannot be listened to for now", e);
                }
                connection = null;
                chains.disconnected();
                accounts.onDisconnected();
                if (closing.await(redis.settings().pause().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("the listener to market data was interrupted and stops");
        }
    }

    /** Ends a connection on which nothing comes, upon which the listener makes another. */
    private void watch() {
        try {
            while (!closing.await(WATCH_MS, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - heardAtNanos > SILENCE_NANOS) {
                    heardAtNanos = System.nanoTime();
                    disconnect();
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("the watcher of market data was interrupted and stops");
        }
    }

    private void disconnect() {
        Jedis current = connection;
        if (current != null) {
            try {
                current.disconnect();
            } catch (JedisException e) {
                LOG.debug("the connection was gone already", e);
            }
        }
    }

    private final class Channel extends JedisPubSub {
        @Override
        public void onPSubscribe(String pattern, int subscribedChannels) {
            if (pattern.equals(RedisAccountFanOut.ALL_CHANNELS)) {
                accounts.onConnected();
            }
        }

        @Override
        public void onPMessage(String pattern, String channel, String message) {
            heardAtNanos = System.nanoTime();
            try {
                if (pattern.equals(ALL_SYMBOLS)) {
                    MarketUpdateText.read(message).ifPresent(chains::heard);
                } else {
                    AccountId account = RedisAccountFanOut.accountOf(channel);
                    accounts.onUpdates(account, AccountUpdateText.read(account, message));
                }
            } catch (RuntimeException e) {
                LOG.error("an update on {} could not be taken", channel, e);
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            // Again and again: a connection that is being made cannot be ended yet.
            for (long waited = 0; listener.isAlive() && waited < CLOSE_MS; waited += STEP_MS) {
                disconnect();
                listener.join(STEP_MS);
            }
            watcher.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
