package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.testing.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol;

/** A server that speaks TLS, under a certificate that is made for each run. */
class TlsTest {
    private static final Duration PATIENT = Duration.ofSeconds(1);

    @TempDir private static Path directory;

    private static TestRedis redis;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "server");
        TestCertificate.make(directory, "stranger");
        port = FreePorts.one();
        redis = TestRedis.start(certificate.serverSettings(port));
        redis.command(
                Protocol.Command.ACL, "SETUSER", "trader", "on", ">secret", "~*", "&*", "+@all");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static RedisCache open(String authority, String credentials) {
        CacheSettings settings =
                new CacheSettings(
                        URI.create("rediss://" + credentials + "127.0.0.1:" + port),
                        PATIENT,
                        Duration.ofMillis(1),
                        Duration.ofSeconds(10),
                        2,
                        null);
        return RedisCache.open(
                settings.withAuthorities(directory.resolve(authority + ".crt")), Clock.systemUTC());
    }

    @Test
    void aServerThatOneTrustsIsSpokenToAndHeard() {
        HeardMarket heard = new HeardMarket();
        try (RedisCache cache = open("server", "trader:secret@");
                RedisCache.Subscription subscription = cache.listen(heard, HeardAccounts.NOBODY);
                MarketDataPublisher publisher =
                        MarketDataPublisher.start(
                                cache.marketData(),
                                MarketDataPublisher.Settings.DEFAULT,
                                Clock.systemUTC())) {
            publisher.leading(new MarketScript().market());
            await().ignoreException(CacheUnavailableException.class)
                    .until(() -> cache.marketData().book(MarketScript.AAPL).isPresent());
            await().until(heard::anything);
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() {
        try (RedisCache cache = open("stranger", "")) {
            assertThatThrownBy(() -> cache.marketData().book(MarketScript.AAPL))
                    .isInstanceOf(CacheUnavailableException.class);
        }
    }

    @Test
    void aPasswordThatIsWrongIsRefused() {
        try (RedisCache cache = open("server", "trader:guess@")) {
            assertThatThrownBy(() -> cache.marketData().book(MarketScript.AAPL))
                    .isInstanceOf(CacheUnavailableException.class);
        }
    }

    @Test
    void authoritiesThatCannotBeReadAreAnErrorAtOnce() {
        assertThatThrownBy(() -> open("nobody", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody.crt");
    }
}
