package io.outcry.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.testing.FreePorts;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol;

/** A server that speaks TLS, under a certificate that is made for each run. */
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration PATIENT = Duration.ofSeconds(1);

    @TempDir private static Path directory;

    private static TestRedis redis;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Path certificate = makeCertificate("server", "ip:127.0.0.1");
        makeCertificate("stranger", "ip:127.0.0.1");
        port = FreePorts.one();
        redis =
                TestRedis.start(
                        Map.of(
                                "tls-port",
                                Integer.toString(port),
                                "tls-cert-file",
                                certificate.toString(),
                                "tls-key-file",
                                directory.resolve("server.key").toString(),
                                "tls-ca-cert-file",
                                certificate.toString(),
                                "tls-auth-clients",
                                "no"));
        redis.command(
                Protocol.Command.ACL, "SETUSER", "trader", "on", ">secret", "~*", "&*", "+@all");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    /** With its key and certificate as two files in PEM; returns the certificate's. */
    private static Path makeCertificate(String name, String subject) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        name,
                                        "-keyalg",
                                        "EC",
                                        "-groupname",
                                        "secp256r1",
                                        "-dname",
                                        "CN=" + name,
                                        "-ext",
                                        "SAN=" + subject,
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        new String(PASSWORD)))
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        writePem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded());
        return writePem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
    }

    private static Path writePem(String file, String type, byte[] content) throws Exception {
        String text =
                "-----BEGIN "
                        + type
                        + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                        + "\n-----END "
                        + type
                        + "-----\n";
        return Files.write(directory.resolve(file), text.getBytes(US_ASCII));
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
