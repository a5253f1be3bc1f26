package io.outcry.cache;

import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.JedisURIHelper;
import redis.clients.jedis.util.Pool;

/**
 * The way to one Redis server or a cluster of them. A server that is dead or frozen costs a few
 * callers the timeout and all others nothing; whether it answers again is found by {@link #probe}.
 * What the other servers of a cluster have is not touched by it. A single server may come up later,
 * or never; of a cluster one server must answer when this is opened. Safe for use by many threads;
 * has none of its own.
 */
final class RedisConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);
    private static final int CLUSTER_ATTEMPTS = 2;

    private final CacheSettings settings;
    private final RedisCache.Times times;
    private final UnifiedJedis client;
    private final @Nullable ClusterConnectionProvider slots;

    /** By server, as host and port. */
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    private RedisConnection(
            CacheSettings settings,
            RedisCache.Times times,
            UnifiedJedis client,
            @Nullable ClusterConnectionProvider slots) {
        this.settings = settings;
        this.times = times;
        this.client = client;
        this.slots = slots;
    }

    static RedisConnection open(CacheSettings settings, RedisCache.Times times) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(settings.poolSize());
        pool.setMaxIdle(settings.poolSize());
        pool.setMaxWait(settings.timeout());
        return settings.cluster()
                ? openCluster(settings, times, pool)
                : openSingle(settings, times, pool);
    }

    private static RedisConnection openCluster(
            CacheSettings settings, RedisCache.Times times, ConnectionPoolConfig pool) {
        Set<HostAndPort> known = Set.of(address(settings));
        ClusterConnectionProvider slots =
                new ClusterConnectionProvider(known, clientConfig(settings), pool);
        RedisClusterClient client =
                RedisClusterClient.builder()
                        .nodes(known)
                        .clientConfig(clientConfig(settings))
                        .maxAttempts(CLUSTER_ATTEMPTS)
                        .connectionProvider(slots)
                        .build();
        return new RedisConnection(settings, times, client, slots);
    }

    private static RedisConnection openSingle(
            CacheSettings settings, RedisCache.Times times, ConnectionPoolConfig pool) {
        RedisClient client =
                RedisClient.builder()
                        .hostAndPort(address(settings))
                        .clientConfig(clientConfig(settings))
                        .poolConfig(pool)
                        .build();
        return new RedisConnection(settings, times, client, null);
    }

    /**
     * Where to listen: in a cluster every server passes on every update, so that the next attempt
     * goes to the next of them.
     */
    HostAndPort listeningAddress(int attempt) {
        if (slots != null && attempt > 0) {
            List<String> servers = slots.getNodes().keySet().stream().sorted().toList();
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
                        .clientName("outcry")
                        .serverDefaultProtocol();
        if (JedisURIHelper.isRedisSSLScheme(settings.uri())) {
            config.sslOptions(TrustedServer.options(settings.authorities()));
        }
        return config.build();
    }

    CacheSettings settings() {
        return settings;
    }

    /** The server that has a key, as far as is known. */
    String serverOf(String key) {
        HostAndPort owner = slots == null ? null : slots.getNode(JedisClusterCRC16.getSlot(key));
        return (owner == null ? address(settings) : owner).toString();
    }

    /**
     * Runs commands on what lies on one server.
     *
     * @param what one of few texts, for whoever hears how long it takes
     * @param key one of those that the commands are about
     * @throws CacheUnavailableException when there is no answer in time, or it is an error
     */
    <T> T call(String what, String key, Function<UnifiedJedis, T> commands) {
        String server = serverOf(key);
        CircuitBreaker breaker = breakers.computeIfAbsent(server, unknown -> new CircuitBreaker());
        if (breaker.open()) {
            throw new CacheUnavailableException(what + ": Redis failed a moment ago", null);
        }
        boolean answered = false;
        long startNanos = System.nanoTime();
        try {
            T result = commands.apply(client);
            answered = true;
            return result;
        } catch (JedisException e) {
            // The other connections have most likely died with this one.
            pool(server).ifPresent(Pool::clear);
            throw new CacheUnavailableException(what + ": Redis does not answer", e);
        } finally {
            times.called(what, System.nanoTime() - startNanos);
            if (answered) {
                breaker.succeeded();
            } else {
                breaker.failed();
            }
        }
    }

    private Optional<Pool<Connection>> pool(String server) {
        return slots == null
                ? Optional.of(((RedisClient) client).getPool())
                : Optional.ofNullable(slots.getNodes().get(server));
    }

    /**
     * Asks the servers that nobody calls any more whether they answer, and a cluster who has taken
     * over from them. To be called every now and then, by a thread that can wait for the timeouts.
     */
    void probe() {
        Map<String, CircuitBreaker> silent = new HashMap<>(breakers);
        silent.values().removeIf(breaker -> !breaker.open());
        if (!silent.isEmpty() && slots != null) {
            slots.renewSlotCache();
        }
        silent.forEach(this::probe);
    }

    private void probe(String server, CircuitBreaker breaker) {
        Optional<Pool<Connection>> pool = pool(server);
        if (pool.isEmpty()) {
            // The cluster has it no more.
            breakers.remove(server);
            return;
        }
        try (Connection connection = pool.get().getResource()) {
            connection.ping();
            breaker.succeeded();
        } catch (JedisException e) {
            LOG.debug("Redis at {} does not answer yet", server, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
