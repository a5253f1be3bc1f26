package io.outcry.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.outcry.api.config.Settings;
import io.outcry.api.config.SettingsParser;
import io.outcry.api.health.Component;
import io.outcry.api.health.Startup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The real server on a free port, before fakes of what it needs. */
final class TestVenue implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String PASSWORD = "correct horse battery";
    private static final AtomicInteger NAMES = new AtomicInteger();

    final FakeEngine engine = new FakeEngine();
    final FakeStores stores = new FakeStores(engine);
    final MovableClock clock = new MovableClock();
    final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    final Settings settings;
    final ApiServer server;

    /** An answer with its body read as JSON. */
    record Answer(int status, JsonNode body, HttpResponse<String> http) {
        String code() {
            return body.path("code").asText();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    /** Someone who has registered. */
    record Trader(String name, String token) {}

    TestVenue() {
        this(Map.of(), List.of());
    }

    TestVenue(Map<String, String> environment, List<Startup.Step> firstSteps) {
        settings = settings(environment);
        Dependencies dependencies =
                new Dependencies(
                        engine,
                        stores,
                        stores,
                        stores,
                        stores,
                        stores::await,
                        stores,
                        List.of(
                                new Component(
                                        "database",
                                        () -> Component.State.of(!stores.databaseAway))));
        server =
                new ApiServer(
                        settings,
                        dependencies,
                        firstSteps,
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                        clock);
    }

    static TestVenue started() throws InterruptedException {
        TestVenue venue = new TestVenue();
        venue.start();
        return venue;
    }

    void start() throws InterruptedException {
        server.listen();
        server.awaitStart();
    }

    static Settings settings(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OUTCRY_TOKEN_KEY", newTokenKey());
        environment.put("OUTCRY_HTTP_PORT", "0");
        environment.put("OUTCRY_DRAIN_DELAY_MS", "0");
        environment.put("OUTCRY_DRAIN_TIMEOUT_MS", "400");
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

    Trader register() throws IOException, InterruptedException {
        String name = "trader" + NAMES.incrementAndGet();
        Answer answer = post("/api/auth/register", null, registration(name));
        if (answer.status() != 201) {
            throw new IllegalStateException("registration answered " + answer.body());
        }
        return new Trader(name, answer.body().get("access_token").asText());
    }

    static String registration(String name) {
        return """
                {"username":"%s","email":"%s@example.com","password":"%s"}"""
                .formatted(name, name, PASSWORD);
    }

    static String order(String side, String quantity, String price) {
        return """
                {"symbol":"AAPL","side":"%s","order_type":"LIMIT","quantity":"%s","price":"%s"}"""
                .formatted(side, quantity, price);
    }

    Answer get(String path, Trader trader) throws IOException, InterruptedException {
        return send(request(path, trader).GET().build());
    }

    Answer delete(String path, Trader trader) throws IOException, InterruptedException {
        return send(request(path, trader).DELETE().build());
    }

    Answer post(String path, Trader trader, String body) throws IOException, InterruptedException {
        return send(
                request(path, trader)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    HttpRequest.Builder request(String path, Trader trader) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .timeout(Duration.ofSeconds(10));
        return trader == null
                ? builder
                : builder.header("Authorization", "Bearer " + trader.token());
    }

    Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        String type = response.headers().firstValue("Content-Type").orElse("");
        JsonNode body = type.contains("json") ? JSON.readTree(response.body()) : JSON.missingNode();
        return new Answer(response.statusCode(), body, response);
    }

    @Override
    public void close() {
        server.close();
    }

    /** A clock that can be moved on. Safe for many threads. */
    static final class MovableClock extends Clock {
        private volatile Duration offset = Duration.ZERO;

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
        public java.time.Instant instant() {
            return Clock.systemUTC().instant().plus(offset);
        }
    }
}
