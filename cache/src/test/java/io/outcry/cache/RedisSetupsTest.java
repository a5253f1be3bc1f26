package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.access.RateLimiter.Decision;
import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.exceptions.JedisException;

/** A cluster, and a server that wants a user and a password. */
class RedisSetupsTest {
    private static final int TOKENS = 20;
    private static final int CALLS = 200;
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(800);
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

    @Test
    void aClusterMayWantTlsAndAUserAtOnce() throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "cluster");
        int hasApple = TestCluster.serverOf("outcry:{AAPL}:book");
        int hasMicrosoft = TestCluster.serverOf("outcry:{MSFT}:book");
        try (TestCluster servers = TestCluster.startWithTls(directory, certificate)) {
            servers.admitOnly("trader", "secret");
            CacheSettings one =
                    patient(servers.uri(hasApple, "trader", "secret"))
                            .withAuthorities(certificate.certificate());
            CacheSettings another =
                    patient(servers.uri(hasMicrosoft, "trader", "secret"))
                            .withAuthorities(certificate.certificate());
            HeardMarket heard = new HeardMarket();
            try (RedisCache cache = RedisCache.open(one, Clock.systemUTC());
                    RedisCache other = RedisCache.open(another, Clock.systemUTC());
                    MarketDataPublisher publisher =
                            MarketDataPublisher.start(
                                    cache.marketData(),
                                    MarketDataPublisher.Settings.DEFAULT,
                                    Clock.systemUTC());
                    var subscription = other.listen(heard, HeardAccounts.NOBODY)) {
                publisher.leading(new MarketScript().market());
                assertHeard(other, heard);
                assertReplicasShare(cache, other);
                assertThat(subscription).isNotNull();
            }
            assertRefused(patient(servers.uri(0, "trader", "secret")));
            assertRefused(
                    patient(servers.uri(0, "trader", "guess"))
                            .withAuthorities(certificate.certificate()));
        }
    }

    /** Of a cluster one server must let one in. */
    private static void assertRefused(CacheSettings settings) {
        assertThatThrownBy(() -> RedisCache.open(settings, Clock.systemUTC()))
                .isInstanceOf(JedisException.class);
    }

    /** Answers of the others must not hide that one does not answer. */
    @Test
    void aFrozenServerOfAClusterCostsAFewCallersTheTimeoutAndTheOthersNothing() {
        Limit many = new Limit("many", 1_000_000, Duration.ofHours(1), 1_000_000);
        String onFrozen = subjectOn(0);
        String onOther = subjectOn(1);
        try (TestCluster servers = TestCluster.start(directory);
                RedisCache cache = open(servers, 0)) {
            RateLimiter limiter = cache.rateLimiter(1);
            limiter.tryAcquire(onFrozen, many);
            servers.freeze(0);
            try {
                long start = System.nanoTime();
                for (int i = 0; i < CALLS; i++) {
                    limiter.tryAcquire(onFrozen, many);
                    limiter.tryAcquire(onOther, many);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isLessThan(Duration.ofSeconds(3));
            } finally {
                servers.thaw(0);
            }
            Limit one = new Limit("one", 1, Duration.ofHours(1), 1);
            assertShared(cache, servers, onOther, one);
            cache.revocations().revoke(onFrozen, Instant.now().plusSeconds(60));
            try (RedisCache other = open(servers, 1)) {
                await().atMost(PATIENCE).until(() -> revoked(other, onFrozen));
            }
        }
    }

    /** The server is asked twice, and comes to both questions when the first was given up. */
    @Test
    void aPermitIsNotRefusedForHavingBeenGrantedInAnAnswerThatWasLost() throws Exception {
        String subject = subjectOn(0);
        Limit one = new Limit("one", 1, Duration.ofHours(1), 1);
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (TestCluster servers = TestCluster.start(directory);
                RedisCache cache = RedisCache.open(patient(servers.uri(0)), Clock.systemUTC())) {
            RateLimiter limiter = cache.rateLimiter(1);
            limiter.tryAcquire(subject, new Limit("many", 100, Duration.ofHours(1), 100));
            servers.freeze(0);
            Future<Decision> decision = caller.submit(() -> limiter.tryAcquire(subject, one));
            Thread.sleep(ANSWER_WITHIN.multipliedBy(3).dividedBy(2).toMillis());
            servers.thaw(0);

            assertThat(decision.get(20, TimeUnit.SECONDS).allowed()).isTrue();
            assertThat(limiter.tryAcquire(subject, one).allowed()).isFalse();
        } finally {
            caller.shutdownNow();
        }
    }

    private static CacheSettings patient(URI uri) {
        return new CacheSettings(
                uri, ANSWER_WITHIN, Duration.ofMillis(500), Duration.ofSeconds(10), 8, null);
    }

    /** Market data of the other servers' symbols goes on. */
    @Test
    void aFrozenServerOfAClusterKeepsNothingFromTheOthers() {
        try (TestCluster servers = TestCluster.start(directory);
                RedisCache cache = open(servers, 1)) {
            servers.freeze(0);
            try {
                for (int i = 0; i < TOKENS; i++) {
                    cache.revocations().revoke("token" + i, Instant.now().plusSeconds(60));
                }
                try (RedisCache other = open(servers, 2)) {
                    for (int i = 0; i < TOKENS; i++) {
                        String token = "token" + i;
                        if (TestCluster.serverOf("outcry:{" + token + "}:revoked") != 0) {
                            await().atMost(PATIENCE).until(() -> revoked(other, token));
                        }
                    }
                }
            } finally {
                servers.thaw(0);
            }
            try (RedisCache other = open(servers, 2)) {
                for (int i = 0; i < TOKENS; i++) {
                    String token = "token" + i;
                    await().atMost(PATIENCE).until(() -> revoked(other, token));
                }
            }
        }
    }

    private static boolean revoked(RedisCache cache, String token) {
        try {
            return cache.revocations().revoked(token);
        } catch (CacheUnavailableException e) {
            return false;
        }
    }

    private static void assertShared(
            RedisCache cache, TestCluster servers, String subject, Limit one) {
        try (RedisCache other = open(servers, 1)) {
            assertThat(cache.rateLimiter(1).tryAcquire(subject, one).allowed()).isTrue();
            assertThat(other.rateLimiter(1).tryAcquire(subject, one).allowed()).isFalse();
        }
    }

    private static String subjectOn(int server) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "trader" + i)
                .filter(name -> TestCluster.serverOf("outcry:{" + name + "}:permits:one") == server)
                .findFirst()
                .orElseThrow();
    }

    private static void assertHeard(RedisCache cache, HeardMarket heard) {
        for (Symbol symbol : List.of(MarketScript.AAPL, MarketScript.MSFT)) {
            await().atMost(PATIENCE)
                    .ignoreException(CacheUnavailableException.class)
                    .until(() -> cache.marketData().book(symbol).isPresent());
            await().atMost(PATIENCE).until(() -> heard.of(symbol));
        }
    }

    /** A server that is busy may not answer in time when the cluster is asked for first. */
    private static RedisCache open(TestCluster servers, int known) {
        CacheSettings settings = CacheSettings.of(servers.uri(known));
        assertThat(settings.cluster()).isTrue();
        return await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(JedisException.class)
                .until(() -> RedisCache.open(settings, Clock.systemUTC()), cache -> true);
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
            redis.admitOnly("trader", "secret");
            String address = redis.uri().toString().substring("redis://".length());
            HeardMarket heard = new HeardMarket();
            try (RedisCache named = as("trader:secret@", address);
                    RedisCache wrong = as("trader:guess@", address);
                    MarketDataPublisher publisher =
                            MarketDataPublisher.start(
                                    named.marketData(),
                                    MarketDataPublisher.Settings.DEFAULT,
                                    Clock.systemUTC());
                    var subscription = named.listen(heard, HeardAccounts.NOBODY)) {
                assertThat(named.marketData().book(MarketScript.AAPL)).isEmpty();
                publisher.leading(new MarketScript().market());
                assertHeard(named, heard);
                assertThat(subscription).isNotNull();
                assertThatThrownBy(() -> wrong.marketData().book(MarketScript.AAPL))
                        .isInstanceOf(CacheUnavailableException.class);
            }
        }
    }

    private static RedisCache as(String credentials, String address) {
        URI uri = URI.create("redis://" + credentials + address);
        return RedisCache.open(CacheSettings.of(uri), Clock.systemUTC());
    }
}
