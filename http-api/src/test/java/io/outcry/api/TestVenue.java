package io.outcry.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.outcry.api.config.Settings;
import io.outcry.api.config.SettingsParser;
import io.outcry.api.health.Component;
import io.outcry.api.health.Startup;
import io.outcry.api.ws.Sockets;
import io.outcry.domain.store.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The real server on a free port, before fakes of what it needs. */
final class TestVenue extends TestClient implements AutoCloseable {
    final FakeEngine engine;
    final FakeStores stores;
    final FakeLive live;
    final MovableClock clock;

    /** By how much more time has passed in it than went by. */
    final AtomicLong skippedNanos = new AtomicLong();

    final Settings settings;
    final ApiServer server;

    final FakeAccess access;

    TestVenue() {
        this(Map.of(), List.of());
    }

    TestVenue(Map<String, String> environment, List<Startup.Step> firstSteps) {
        engine = new FakeEngine();
        access = new FakeAccess();
        stores = new FakeStores(engine, access);
        live = new FakeLive(engine);
        clock = new MovableClock();
        settings = settings(environment);
        server = server(firstSteps);
    }

    /** Another replica of the venue. */
    private TestVenue(TestVenue venue, Settings settings) {
        engine = venue.engine;
        stores = venue.stores;
        live = venue.live;
        clock = venue.clock;
        access = venue.access;
        this.settings = settings;
        server = server(List.of());
    }

    private ApiServer server(List<Startup.Step> firstSteps) {
        Dependencies dependencies =
                new Dependencies(
                        engine,
                        stores,
                        access,
                        access,
                        access,
                        access,
                        access,
                        stores,
                        stores,
                        stores,
                        stores,
                        stores,
                        stores,
                        stores::await,
                        new Sockets.Sources(stores, live, live, live),
                        live,
                        List.of(
                                new Component(
                                        "database",
                                        () -> Component.State.of(!stores.databaseAway))));
        return new ApiServer(
                settings,
                dependencies,
                firstSteps,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                clock,
                () -> System.nanoTime() + skippedNanos.get());
    }

    TestVenue startedReplica() {
        return startedReplica(settings);
    }

    TestVenue startedReplica(Settings own) {
        TestVenue replica = new TestVenue(this, own);
        replica.start();
        return replica;
    }

    static TestVenue started() {
        TestVenue venue = new TestVenue();
        venue.start();
        return venue;
    }

    void start() {
        try {
            server.listen();
            server.awaitStart();
            server.warmUp();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Settings settings(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OUTCRY_TOKEN_KEY", newTokenKey());
        environment.put("OUTCRY_HTTP_PORT", "0");
        environment.put("OUTCRY_ADMIN_PORT", "0");
        environment.put("OUTCRY_DRAIN_DELAY_MS", "0");
        environment.put("OUTCRY_DRAIN_TIMEOUT_MS", "400");
        environment.put("OUTCRY_WARM_UP_MS", "0");
        // Tests make more API keys in a minute than users do.
        environment.put("OUTCRY_SIGN_IN_SHARE", "100");
        environment.put("OUTCRY_ENGINE_DEADLINE_MS", "200");
        environment.putAll(more);
        try {
            return SettingsParser.parse(environment);
        } catch (io.outcry.api.config.InvalidSettingsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String newTokenKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(encoded)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Someone who runs the venue. */
    Trader registerAdmin() throws IOException, InterruptedException {
        Trader trader = register();
        stores.setRole(trader.name(), User.Role.ADMIN);
        Answer answer =
                post(
                        "/api/auth/login",
                        null,
                        "{\"username\":\"%s\",\"password\":\"%s\"}"
                                .formatted(trader.name(), PASSWORD));
        return new Trader(trader.name(), answer.body().get("access_token").asText());
    }

    /** Asks on the listener for administrators. */
    Answer admin(String method, String path, Trader trader, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path));
        if (trader != null) {
            request.header("Authorization", "Bearer " + trader.token());
        }
        return send(
                request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    @Override
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    /** A clock that can be moved on, and stopped. Safe for many threads. */
    static final class MovableClock extends Clock {
        private volatile Duration offset = Duration.ZERO;
        private volatile Clock ticking = Clock.systemUTC();

        /** From now on no time passes but what it is moved on by. */
        void stop() {
            ticking = Clock.fixed(ticking.instant(), getZone());
        }

        void advance(Duration by) {
            offset = offset.plus(by);
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return ticking.instant().plus(offset);
        }
    }
}
