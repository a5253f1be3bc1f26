package io.outcry.engineclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.engine.EventListener;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS with the engine itself, under certificates that openssl makes for the run. */
@Timeout(120)
class TlsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir static Path directory;
    private static EngineProcess engine;

    @BeforeAll
    static void start() throws Exception {
        makeAuthority("venue");
        makeAuthority("other");
        makeCertificate("engine", "venue", "IP:127.0.0.1");
        makeCertificate("api", "venue", "DNS:api");
        makeCertificate("stranger", "other", "DNS:api");
        makeCertificate("printer", "venue", "DNS:printer");
        engine =
                EngineProcess.start(
                        directory,
                        Map.of(
                                "OUTCRY_ENGINE_TLS_CERTIFICATE", file("engine.crt").toString(),
                                "OUTCRY_ENGINE_TLS_KEY", file("engine.key").toString(),
                                "OUTCRY_ENGINE_TLS_CLIENT_CA", file("venue.crt").toString(),
                                "OUTCRY_ENGINE_TLS_CLIENT_NAMES", "api"));
        // That it listens is what the tests below then need not doubt.
        try (EngineClient client = EngineClient.start(settings("venue", "api"))) {
            assertThat(client.awaitConnected(SOON)).isTrue();
        }
    }

    @AfterAll
    static void stop() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void commandsAndEventsCrossAnEncryptedConnection() throws Exception {
        AtomicReference<Event> heard = new AtomicReference<>();
        try (EngineClient client = EngineClient.start(settings("venue", "api"));
                EngineFeed feed = EngineFeed.of(settings("venue", "api"))) {
            assertThat(client.awaitConnected(SOON)).isTrue();
            assertThat(client.closeSession().get()).isInstanceOf(Outcome.Done.class);
            feed.subscribe(0, first(heard));

            await().atMost(SOON).untilAsserted(() -> assertThat(heard.get()).isNotNull());
        }
    }

    @Test
    void nobodyElseIsServedAndNoOtherEngineIsSpokenTo() throws Exception {
        String port = engine.settings().target().replaceAll(".*:", "");
        Map<String, EngineSettings> others =
                Map.of(
                        "without TLS", engine.settings(),
                        "of another authority", settings("venue", "stranger"),
                        "with another name", settings("venue", "printer"),
                        "that trusts another authority", settings("other", "api"),
                        "that asks for an engine of another name",
                                EngineSettings.of("localhost:" + port)
                                        .withTls(tls("venue", "api")));
        Map<String, EngineClient> clients = new HashMap<>();
        others.forEach((who, settings) -> clients.put(who, EngineClient.start(settings)));
        try (EngineClient known = EngineClient.start(settings("venue", "api"))) {
            assertThat(known.awaitConnected(SOON)).isTrue();
            clients.forEach(
                    (who, client) -> assertThat(connects(client)).as("a client " + who).isFalse());
        } finally {
            clients.values().forEach(EngineClient::close);
        }
    }

    @Test
    void aRenewedCertificateIsShownOnTheNextConnection() throws Exception {
        copy("printer", "renewed");
        try (EngineClient client = EngineClient.start(settings("venue", "renewed"))) {
            assertThat(connects(client)).isFalse();
            // Half of the renewal is seen, too: a certificate with the key of another.
            Files.copy(file("api.crt"), file("renewed.crt"), StandardCopyOption.REPLACE_EXISTING);
            assertThat(connects(client)).isFalse();
            copy("api", "renewed");

            assertThat(client.awaitConnected(SOON)).isTrue();
        }
    }

    @Test
    void filesThatCannotBeReadAreAnErrorAtOnce() {
        assertThatThrownBy(() -> EngineClient.start(settings("venue", "nobody")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody.crt");
        assertThatThrownBy(() -> EngineFeed.of(settings("nobody", "api")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody.crt");
    }

    private static boolean connects(EngineClient client) {
        try {
            return client.awaitConnected(Duration.ofMillis(300));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EventListener first(AtomicReference<Event> heard) {
        return new EventListener() {
            @Override
            public void onEvents(List<Event> events, long durableSequence) {
                heard.compareAndSet(null, events.get(0));
            }

            @Override
            public void onFailed(FeedFailure failure) {
                throw new AssertionError(failure);
            }
        };
    }

    private static EngineSettings settings(String authority, String client) {
        return engine.settings().withTls(tls(authority, client));
    }

    private static EngineTls tls(String authority, String client) {
        return new EngineTls(
                file(authority + ".crt"), file(client + ".crt"), file(client + ".key"));
    }

    private static void copy(String from, String to) throws IOException {
        for (String suffix : List.of(".crt", ".key")) {
            Files.copy(file(from + suffix), file(to + suffix), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path file(String name) {
        return directory.resolve(name);
    }

    private static void makeAuthority(String name) throws Exception {
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=%1$s"
                        + " -keyout %1$s.key -out %1$s.crt",
                name);
    }

    private static void makeCertificate(String name, String authority, String alternativeName)
            throws Exception {
        Files.writeString(file(name + ".ext"), "subjectAltName=" + alternativeName + "\n");
        openssl(
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%1$s"
                        + " -keyout %1$s.key -out %1$s.csr",
                name);
        openssl(
                "x509 -req -days 1 -in %1$s.csr -CA %2$s.crt -CAkey %2$s.key -CAcreateserial"
                        + " -extfile %1$s.ext -out %1$s.crt",
                name, authority);
    }

    private static void openssl(String arguments, Object... names) throws Exception {
        Process process =
                new ProcessBuilder(("openssl " + arguments.formatted(names)).split(" "))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(file("openssl.log").toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(file("openssl.log"))).isZero();
    }
}
