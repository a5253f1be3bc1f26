package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.api.health.Startup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Starting, being ready, draining and stopping. */
class LifecycleTest {

    @Test
    void beforeItHasStartedOnlyProbesAreAnswered() throws Exception {
        CountDownLatch database = new CountDownLatch(1);
        Startup.Step step =
                new Startup.Step("the database", () -> database.await(0, TimeUnit.SECONDS));
        try (TestVenue venue = new TestVenue(Map.of(), List.of(step))) {
            venue.server.listen();
            CompletableFuture<Void> start = startInBackground(venue);

            for (String path : List.of("/api/instruments", "/api/orders", "/api/account")) {
                Answer answer = venue.get(path, null);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.code()).isEqualTo("NOT_STARTED");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            }
            assertThat(
                            venue.post("/api/auth/register", null, TestClient.registration("early"))
                                    .code())
                    .isEqualTo("NOT_STARTED");
            assertThat(venue.get("/health/live", null).status()).isEqualTo(200);
            assertThat(venue.get("/health/startup", null).status()).isEqualTo(503);
            assertThat(venue.get("/health/ready", null).status()).isEqualTo(503);
            Answer health = venue.get("/health", null);
            assertThat(health.body().get("status").asText()).isEqualTo("degraded");
            assertThat(health.body().get("waiting_for").asText()).isEqualTo("the database");

            database.countDown();
            start.get(10, TimeUnit.SECONDS);

            assertThat(venue.get("/health/startup", null).status()).isEqualTo(200);
            assertThat(venue.get("/health/ready", null).status()).isEqualTo(200);
            assertThat(venue.get("/api/instruments", null).status()).isEqualTo(200);
        }
    }

    @Test
    void itIsReadyOnceItHasTriedOrdersOnItselfAndPlacedNone() throws Exception {
        try (TestVenue venue = new TestVenue(Map.of("OUTCRY_WARM_UP_MS", "300"), List.of())) {
            venue.server.listen();
            venue.server.awaitStart();
            assertThat(venue.get("/health/startup", null).status()).isEqualTo(200);
            assertThat(venue.get("/health/ready", null).status()).isEqualTo(503);
            long before = venue.engine.sequence();

            venue.server.warmUp();

            assertThat(venue.get("/health/ready", null).status()).isEqualTo(200);
            assertThat(venue.engine.checks()).isGreaterThan(8);
            assertThat(venue.engine.sequence()).isEqualTo(before);
        }
    }

    @Test
    void nobodyElseGetsAConnectionBeforeItIsReady() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (TestVenue venue =
                new TestVenue(Map.of("OUTCRY_HTTP_PORT", Integer.toString(port)), List.of())) {
            venue.server.listen();
            venue.server.awaitStart();
            assertThat(venue.server.port()).isNotEqualTo(port);
            assertThat(venue.get("/health/ready", null).status()).isEqualTo(503);
            awaitRefused(port);

            venue.server.warmUp();

            assertThat(venue.server.port()).isEqualTo(port);
            assertThat(venue.get("/health/ready", null).status()).isEqualTo(200);
        }
    }

    private static CompletableFuture<Void> startInBackground(TestVenue venue) {
        var thread = Executors.newSingleThreadExecutor();
        CompletableFuture<Void> done =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                venue.server.awaitStart();
                                venue.server.warmUp();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        thread);
        thread.shutdown();
        return done;
    }

    @Test
    void aStepThatFailsIsTriedAgain() throws Exception {
        int[] attempts = {0};
        Startup.Step step =
                new Startup.Step(
                        "luck",
                        () -> {
                            if (++attempts[0] < 3) {
                                throw new IOException("no luck");
                            }
                            return true;
                        });
        try (TestVenue venue = new TestVenue(Map.of(), List.of(step))) {
            venue.start();

            assertThat(attempts[0]).isEqualTo(3);
        }
    }

    @Test
    void readyHangsOnTheEngineAlone() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            venue.stores.databaseAway = true;
            assertThat(venue.get("/health/ready", null).status()).isEqualTo(200);
            Awaitility.await()
                    .until(
                            () ->
                                    venue.get("/health", null)
                                            .body()
                                            .at("/components/database/status")
                                            .asText()
                                            .equals("down"));
            assertThat(venue.get("/health", null).body().get("status").asText())
                    .isEqualTo("degraded");

            venue.engine.connected = false;
            assertThat(venue.get("/health/ready", null).status()).isEqualTo(503);
            assertThat(venue.get("/health/startup", null).status()).isEqualTo(200);
            assertThat(venue.get("/health/live", null).status()).isEqualTo(200);

            venue.engine.connected = true;
            venue.stores.databaseAway = false;
            assertThat(venue.get("/health/ready", null).status()).isEqualTo(200);
            Awaitility.await()
                    .until(
                            () ->
                                    venue.get("/health", null)
                                            .body()
                                            .get("status")
                                            .asText()
                                            .equals("healthy"));
        }
    }

    @Test
    void itIsNotLiveOnceItHasMadeNoProgressForLong() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            assertThat(venue.get("/health/live", null).status()).isEqualTo(200);
            // What makes progress may just have done so, and does again within a second.
            Awaitility.await()
                    .until(
                            () -> {
                                venue.skippedNanos.addAndGet(TimeUnit.SECONDS.toNanos(31));
                                return venue.get("/health/live", null).status() == 503;
                            });
            Awaitility.await().until(() -> venue.get("/health/live", null).status() == 200);
        }
    }

    @Test
    void aDrainAnswersWhatIsOnItsWayAndThenNoMore() throws Exception {
        TestVenue venue =
                new TestVenue(
                        Map.of(
                                "OUTCRY_DRAIN_DELAY_MS", "700",
                                "OUTCRY_DRAIN_TIMEOUT_MS", "8000"),
                        List.of());
        venue.start();
        Trader trader = venue.register();
        int port = venue.server.port();
        try (Socket inFlight = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String body = TestClient.order("BUY", "1", "1");
            send(
                    inFlight,
                    "POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Authorization: Bearer "
                            + trader.token()
                            + "\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n");
            CompletableFuture<Void> stop = CompletableFuture.runAsync(venue::close);
            Awaitility.await().until(() -> venue.get("/health/ready", null).status() == 503);
            assertThat(venue.post("/api/orders", trader, body).status()).isEqualTo(201);
            awaitRefused(port);

            send(inFlight, body);
            String answer =
                    new String(inFlight.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 201").contains("Connection: close");
            stop.get(20, TimeUnit.SECONDS);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static void awaitRefused(int port) {
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThatThrownBy(
                                                () ->
                                                        new Socket(
                                                                        InetAddress
                                                                                .getLoopbackAddress(),
                                                                        port)
                                                                .close())
                                        .isInstanceOf(IOException.class));
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            for (Answer answer :
                    List.of(
                            venue.get("/api/instruments", null),
                            venue.get("/api/account", null),
                            venue.get("/nowhere", null),
                            venue.send(
                                    venue.request("/", null)
                                            .header("X", "x".repeat(10_000))
                                            .build()))) {
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
                assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
                assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
                assertThat(answer.header("Strict-Transport-Security")).contains("max-age");
                assertThat(answer.header("Server")).isEmpty();
                assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            }
        }
    }

    @Test
    void metricsTellTheStagesOfARequestApart() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            Trader trader = venue.register();
            assertThat(venue.get("/api/orders", trader).status()).isEqualTo(200);
            assertThat(venue.get("/api/positions", trader).status()).isEqualTo(200);

            String metrics = venue.get("/metrics", null).http().body();

            assertThat(count(metrics, "outcry_worker_waits_seconds", "pool=\"registrations\""))
                    .isEqualTo(1);
            assertThat(count(metrics, "outcry_worker_waits_seconds", "pool=\"http\""))
                    .isGreaterThanOrEqualTo(3);
            assertThat(count(metrics, "outcry_projection_waits_seconds", "awaited=\"writes\""))
                    .isEqualTo(2);
            assertThat(count(metrics, "outcry_projection_waits_seconds", "awaited=\"prices\""))
                    .isEqualTo(1);
        }
    }

    private static long count(String metrics, String name, String tags) {
        String line = name + "_count{" + tags + "} ";
        assertThat(metrics).contains(line);
        return metrics.lines()
                .filter(each -> each.startsWith(line))
                .mapToLong(each -> Long.parseLong(each.substring(line.length())))
                .sum();
    }

    @Test
    void metricsCountRoutesByStatus() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            venue.get("/api/instruments", null);
            venue.get("/api/account", null);
            venue.get("/api/nothing", null);
            venue.send(
                    venue.request("/api/account", null)
                            .method("FLY", HttpRequest.BodyPublishers.noBody())
                            .build());

            String metrics = venue.get("/metrics", null).http().body();

            assertThat(metrics)
                    .contains(
                            "outcry_http_requests_seconds_count{method=\"GET\","
                                    + "route=\"/api/instruments\",status=\"200\"} 1")
                    .contains("route=\"/api/account\",status=\"401\"")
                    .contains("outcry_http_unrouted_total{status=\"404\"} 1.0")
                    .contains("outcry_http_unrouted_total{status=\"405\"} 1.0")
                    .contains("outcry_http_unrouted_total{status=\"503\"} 0.0")
                    .contains("outcry_engine_answers_seconds_count{outcome=\"done\"}")
                    .contains("outcry_credentials_queue{line=\"sign-ins\"} 0.0");
        }
    }
}
