package io.outcry.cache;

import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * The way to one Redis server or a cluster of them. One that is dead or frozen costs a few callers
 * the timeout and all others nothing, until it answers again. A single server may come up later, or
 * never; of a cluster one server must answer when this is opened. Safe for use by many threads; has
 * none of its own.
 */
final class RedisConnection implements AutoCloseable {
    private static final int CLUSTER_ATTEMPTS = 2;

    private final CacheSettings settings;
    private final CircuitBreaker breaker;
    private final UnifiedJedis client;

    private RedisConnection(CacheSettings settings, UnifiedJedis client) {
        this.settings = settings;
        this.breaker = new CircuitBreaker(settings.pause().toNanos(), System::nanoTime);
        this.client = client;
    }

    static RedisConnection open(CacheSettings settings) {
        return new RedisConnection(settings, newClient(settings));
    }

    private static UnifiedJedis newClient(CacheSettings settings) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(settings.poolSize());
        pool.setMaxIdle(settings.poolSize());
        pool.setMaxWait(settings.timeout());
        if (settings.cluster()) {
            return RedisClusterClient.builder()
                    .nodes(Set.of(address(settings)))
                    .clientConfig(clientConfig(settings))
                    .maxAttempts(CLUSTER_ATTEMPTS)
                    .poolConfig(pool)
                    .build();
        }
        return RedisClient.builder()
                .hostAndPort(address(settings))
                .clientConfig(clientConfig(settings))
                .poolConfig(pool)
                .build();
    }

    /**
     * Where to listen: in a cluster every server passes on every update, so that the next attempt
     * goes to the next of them.
     */
    HostAndPort listeningAddress(int attempt) {
        if (client instanceof RedisClusterClient cluster && attempt > 0) {
            List<String> servers = cluster.getClusterNodes().keySet().stream().sorted().toList();
            return HostAndPort.from(servers.get(attempt % servers.size()));
        }
        return address(settings);
    }

    private static HostAndPort address(CacheSettings settings) {
        return JedisURIHelper.getHostAndPort(settings.uri());
    }

    static JedisClientConfig clientConfig(CacheSettings settings) {
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
            config.sslOptions(TrustedServer.options(settings.authorities()));
        }
        return config.build();
    }

    CacheSettings settings() {
        return settings;
    }

    /**
     * Runs commands.
     *
     * @throws CacheUnavailableException when there is no answer in time, or it is an error
     */
    <T> T call(String what, Function<UnifiedJedis, T> commands) {
        if (!breaker.tryPass()) {
            throw new CacheUnavailableException(what + ": Redis failed a moment ago", null);
        }
        boolean answered = false;
        try {
            T result = commands.apply(client);
            answered = true;
            return result;
        } catch (JedisException e) {
            if (client instanceof RedisClient single) {
                // The other connections have most likely died with this one.
                single.getPool().clear();
            }
            throw new CacheUnavailableException(what + ": Redis does not answer", e);
        } finally {
            if (answered) {
                breaker.succeeded();
            } else {
                breaker.failed();
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
