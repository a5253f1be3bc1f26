package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.PublicTrade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Market data in Redis, two keys a symbol: {@code outcry:{SYMBOL}:book} and {@code
 * outcry:{SYMBOL}:trades}, whose hash tags keep a symbol's keys on one server of a cluster. A
 * server that is dead or frozen costs a few callers the timeout and all others nothing, until it
 * answers again. Safe for use by many threads; has none of its own.
 */
public final class RedisMarketDataCache implements MarketDataCache, AutoCloseable {
    private final RedisClient redis;
    private final CircuitBreaker breaker;
    private final SetParams expiring;

    private RedisMarketDataCache(RedisClient redis, CacheSettings settings) {
        this.redis = redis;
        this.breaker = new CircuitBreaker(settings.pause().toNanos(), System::nanoTime);
        this.expiring = SetParams.setParams().px(settings.expiry().toMillis());
    }

    /** Connects when first used: Redis may come up later, or never. */
    public static RedisMarketDataCache open(CacheSettings settings) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(settings.poolSize());
        pool.setMaxIdle(settings.poolSize());
        pool.setMaxWait(settings.timeout());
        RedisClient redis =
                RedisClient.builder()
                        .hostAndPort(JedisURIHelper.getHostAndPort(settings.uri()))
                        .clientConfig(clientConfig(settings))
                        .poolConfig(pool)
                        .build();
        return new RedisMarketDataCache(redis, settings);
    }

    private static JedisClientConfig clientConfig(CacheSettings settings) {
        int timeoutMs = (int) settings.timeout().toMillis();
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis(timeoutMs)
                        .socketTimeoutMillis(timeoutMs)
                        .user(JedisURIHelper.getUser(settings.uri()))
                        .password(JedisURIHelper.getPassword(settings.uri()))
                        .database(JedisURIHelper.getDBIndex(settings.uri()))
                        .clientName("outcry");
        if (JedisURIHelper.isRedisSSLScheme(settings.uri())) {
            config.sslOptions(SslOptions.defaults());
        }
        return config.build();
    }

    /**
     * Of a symbol that has trades in the list, they are all the cache then knows of it, newest
     * first.
     */
    @Override
    public void publish(List<BookSnapshot> books, List<PublicTrade> trades) {
        Map<String, String> values = new LinkedHashMap<>();
        books.forEach(book -> values.put(bookKey(book.symbol()), MarketDataText.write(book)));
        Map<Symbol, List<PublicTrade>> bySymbol = new LinkedHashMap<>();
        trades.forEach(
                trade ->
                        bySymbol.computeIfAbsent(trade.symbol(), symbol -> new ArrayList<>())
                                .add(trade));
        bySymbol.forEach(
                (symbol, ofSymbol) ->
                        values.put(tradesKey(symbol), MarketDataText.write(ofSymbol)));
        if (!values.isEmpty()) {
            call("publishing", () -> set(values));
        }
    }

    private Boolean set(Map<String, String> values) {
        List<Response<String>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            values.forEach((key, value) -> answers.add(pipeline.set(key, value, expiring)));
            pipeline.sync();
        }
        // An answer that is an error is thrown here.
        answers.forEach(Response::get);
        return true;
    }

    @Override
    public Optional<BookSnapshot> book(Symbol symbol) {
        return get(bookKey(symbol)).flatMap(text -> MarketDataText.readBook(symbol, text));
    }

    @Override
    public List<PublicTrade> trades(Symbol symbol, int limit) {
        return get(tradesKey(symbol))
                .map(text -> MarketDataText.readTrades(symbol, text, limit))
                .orElse(List.of());
    }

    private Optional<String> get(String key) {
        return call("reading " + key, () -> Optional.ofNullable(redis.get(key)));
    }

    private <T> T call(String what, Supplier<T> command) {
        if (!breaker.tryPass()) {
            throw new CacheUnavailableException(what + ": Redis failed a moment ago", null);
        }
        boolean answered = false;
        try {
            T result = command.get();
            answered = true;
            return result;
        } catch (JedisException e) {
            // The other connections have most likely died with this one.
            redis.getPool().clear();
            throw new CacheUnavailableException(what + ": Redis does not answer", e);
        } finally {
            if (answered) {
                breaker.succeeded();
            } else {
                breaker.failed();
            }
        }
    }

    private static String bookKey(Symbol symbol) {
        return "outcry:{" + symbol.value() + "}:book";
    }

    private static String tradesKey(Symbol symbol) {
        return "outcry:{" + symbol.value() + "}:trades";
    }

    @Override
    public void close() {
        redis.close();
    }
}
