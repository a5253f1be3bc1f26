package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/** A cluster, and a server that wants a user and a password. */
class RedisSetupsTest {
    private static final int SLOTS = 16_384;

    @Test
    void aClusterIsSpokenToInItsOwnWay() {
        try (TestRedis redis =
                TestRedis.start(
                        Map.of(
                                "cluster-enabled",
                                "yes",
                                "cluster-config-file",
                                "nodes-" + System.nanoTime() + ".conf"))) {
            formCluster(redis);
            CacheSettings settings = CacheSettings.of(URI.create(redis.uri() + "?cluster=true"));
            assertThat(settings.cluster()).isTrue();
            try (RedisCache cache = RedisCache.open(settings, Clock.systemUTC());
                    MarketDataPublisher publisher =
                            MarketDataPublisher.start(
                                    cache.marketData(),
                                    MarketDataPublisher.Settings.DEFAULT,
                                    Clock.systemUTC())) {
                publisher.leading(new MarketScript().market());
                await().ignoreException(CacheUnavailableException.class)
                        .until(() -> cache.marketData().book(MarketScript.AAPL).isPresent());
                cache.revocations().revoke("token", Instant.now().plusSeconds(60));
                assertThat(cache.revocations().revoked("token")).isTrue();
                Limit one = new Limit("one", 1, Duration.ofMinutes(1), 1);
                assertThat(cache.rateLimiter(1).tryAcquire("alice", one).allowed()).isTrue();
                assertThat(cache.rateLimiter(1).tryAcquire("alice", one).allowed()).isFalse();
            }
        }
    }

    private static void formCluster(TestRedis redis) {
        String[] slots =
                IntStream.range(-1, SLOTS)
                        .mapToObj(i -> i < 0 ? "ADDSLOTS" : Integer.toString(i))
                        .toArray(String[]::new);
        redis.command(Protocol.Command.CLUSTER, slots);
        await().until(
                        () ->
                                redis.command(Protocol.Command.CLUSTER, "INFO")
                                        .contains("cluster_state:ok"));
    }

    @Test
    void aUserAndAPasswordAreUsed() {
        try (TestRedis redis = TestRedis.start()) {
            redis.command(
                    Protocol.Command.ACL,
                    "SETUSER",
                    "trader",
                    "on",
                    ">secret",
                    "~outcry:*",
                    "resetchannels",
                    "&outcry:*",
                    "+@all");
            redis.command(Protocol.Command.ACL, "SETUSER", "default", "off");
            String address = redis.uri().toString().substring("redis://".length());
            try (RedisCache named =
                            RedisCache.open(
                                    CacheSettings.of(
                                            URI.create("redis://trader:secret@" + address)),
                                    Clock.systemUTC());
                    RedisCache wrong =
                            RedisCache.open(
                                    CacheSettings.of(URI.create("redis://trader:guess@" + address)),
                                    Clock.systemUTC())) {
                assertThat(named.marketData().book(MarketScript.AAPL)).isEmpty();
                assertThatThrownBy(() -> wrong.marketData().book(MarketScript.AAPL))
                        .isInstanceOf(CacheUnavailableException.class);
            }
        }
    }
}
