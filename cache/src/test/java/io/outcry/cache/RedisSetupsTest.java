package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol;

/** A cluster, and a server that wants a user and a password. */
class RedisSetupsTest {
    private static final int TOKENS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path directory;

    @Test
    void aClusterIsSpokenToInItsOwnWayAndHeardWhenOneOfItsServersDies() {
        int hasApple = TestCluster.serverOf("outcry:{AAPL}:book");
        int hasMicrosoft = TestCluster.serverOf("outcry:{MSFT}:book");
        assertThat(hasApple).isNotEqualTo(hasMicrosoft);
        int hasNeither = 3 - hasApple - hasMicrosoft;
        try (TestCluster servers = TestCluster.start(directory);
                RedisCache cache = open(servers, hasApple);
                RedisCache other = open(servers, hasNeither);
                MarketDataPublisher publisher =
                        MarketDataPublisher.start(
                                cache.marketData(),
                                MarketDataPublisher.Settings.DEFAULT,
                                Clock.systemUTC())) {
            HeardMarket heard = new HeardMarket();
            try (var subscription = other.listen(heard, HeardAccounts.NOBODY)) {
                publisher.leading(new MarketScript().market());
                assertHeard(other, heard);
                assertReplicasShare(cache, other);
                servers.kill(hasNeither);
                heard.forget();
                assertHeard(other, heard);
                assertThat(subscription).isNotNull();
            }
        }
    }

    private static void assertHeard(RedisCache cache, HeardMarket heard) {
        for (Symbol symbol : List.of(MarketScript.AAPL, MarketScript.MSFT)) {
            await().atMost(PATIENCE)
                    .ignoreException(CacheUnavailableException.class)
                    .until(() -> cache.marketData().book(symbol).isPresent());
            await().atMost(PATIENCE).until(() -> heard.of(symbol));
        }
    }

    private static RedisCache open(TestCluster servers, int known) {
        CacheSettings settings = CacheSettings.of(servers.uri(known));
        assertThat(settings.cluster()).isTrue();
        return RedisCache.open(settings, Clock.systemUTC());
    }

    private static void assertReplicasShare(RedisCache cache, RedisCache other) {
        Limit one = new Limit("one", 1, Duration.ofMinutes(1), 1);
        for (int i = 0; i < TOKENS; i++) {
            cache.revocations().revoke("token" + i, Instant.now().plusSeconds(60));
            assertThat(other.revocations().revoked("token" + i)).isTrue();
            assertThat(cache.rateLimiter(2).tryAcquire("trader" + i, one).allowed()).isTrue();
            assertThat(other.rateLimiter(2).tryAcquire("trader" + i, one).allowed()).isFalse();
        }
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
