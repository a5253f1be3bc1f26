package io.outcry.standalone.server;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Listener;
import io.outcry.standalone.process.ProcessIdentity;
import io.outcry.standalone.process.Supervised;
import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real nginx, with our configuration, before replicas that fail in every way. */
@Timeout(60)
class NginxProxyTest {
    private static final int TOO_LARGE = 1 << 20;

    /** How long nginx waits for the answer to one, which may wait its turn. */
    private static final int SIGN_IN_SECONDS = 30;

    /** No answer is awaited for as long: WebSockets end with a reload, and resume. */
    private static final int WEB_SOCKET_SILENCE_SECONDS = 70;

    @TempDir private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private DataDirectory data;
    private @Nullable Supervised nginx;
    private volatile @Nullable ProcessIdentity process;
    private int port;

    @BeforeEach
    void open() throws IOException {
        data = DataDirectory.open(directory.resolve("data"));
        port = FreePorts.one();
    }

    @AfterEach
    void close() throws Exception {
        if (nginx != null) {
            nginx.stop();
        }
        data.close();
    }

    @Test
    void anUnreachableReplicaCostsNoRequestNotEvenAPost() throws Exception {
        try (RawReplica good = new RawReplica(RawReplica.ok("{}"))) {
            start(local(FreePorts.one()), good.address());
            for (int i = 0; i < 20; i++) {
                assertThat(post("/api/orders", "{}").statusCode()).isEqualTo(200);
            }
            assertThat(good.requests()).hasSize(20);
        }
    }

    @Test
    void aReplicaThatStandsByServesOnceNoActiveOneIsThere() throws Exception {
        try (RawReplica standby = new RawReplica(RawReplica.ok("{}"))) {
            try (RawReplica active = new RawReplica(RawReplica.ok("{}"))) {
                start(1, active.address(), standby.address());
                assertTwentyOrdersComeTo(active);
            }
            assertTwentyOrdersComeTo(standby);
        }
    }

    private void assertTwentyOrdersComeTo(RawReplica replica) throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(post("/api/orders", "{}").statusCode()).isEqualTo(200);
        }
        assertThat(replica.requests()).hasSize(20);
    }

    @Test
    void aGetIsSentAgainWhenTheReplicaFails() throws Exception {
        try (RawReplica bad = new RawReplica(RawReplica.NO_ANSWER);
                RawReplica good = new RawReplica(RawReplica.ok("{}"))) {
            start(bad.address(), good.address());
            for (int i = 0; i < 4; i++) {
                assertThat(get("/api/orders").statusCode()).isEqualTo(200);
            }
            assertThat(bad.requests()).isNotEmpty();
            assertThat(good.requests()).hasSize(4);
        }
    }

    @Test
    void anOrderThatAReplicaReceivedIsUnknownAndNotSentAgain() throws Exception {
        try (RawReplica first = new RawReplica(RawReplica.NO_ANSWER);
                RawReplica second = new RawReplica(RawReplica.NO_ANSWER)) {
            start(first.address(), second.address());
            HttpResponse<String> answer = post("/api/orders", "{}");
            assertThat(answer.statusCode()).isEqualTo(504);
            assertProblem(answer, "ORDER_STATUS_UNKNOWN");
            assertThat(first.requests().size() + second.requests().size()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/orders", "/api/orders?symbol=AAPL", "/api/%6frders/", "/api/orders;x"})
    void aCancelOfAllThatAReplicaReceivedIsNotSentAgain(String path) throws Exception {
        try (RawReplica first = new RawReplica(RawReplica.NO_ANSWER);
                RawReplica second = new RawReplica(RawReplica.NO_ANSWER)) {
            start(first.address(), second.address());
            assertThat(delete(path).statusCode()).isEqualTo(504);
            assertThat(first.requests().size() + second.requests().size()).isEqualTo(1);
        }
    }

    @Test
    void aCancelOfAllThatNoReplicaReceivedGoesToOneThatIsThere() throws Exception {
        try (RawReplica good = new RawReplica(RawReplica.ok("[]"))) {
            start(local(FreePorts.one()), good.address());
            for (int i = 0; i < 20; i++) {
                assertThat(delete("/api/orders").statusCode()).isEqualTo(200);
            }
            assertThat(good.requests()).hasSize(20);
        }
    }

    @Test
    void aCancelOfAllThatNoReplicaGotMayBeSentAgain() throws Exception {
        start(local(FreePorts.one()), local(FreePorts.one()));
        HttpResponse<String> answer = delete("/api/orders");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertProblem(answer, "SERVICE_UNAVAILABLE");
    }

    @Test
    void aCancelOfOneOrderIsSentAgainWhenTheReplicaFails() throws Exception {
        try (RawReplica bad = new RawReplica(RawReplica.NO_ANSWER);
                RawReplica good = new RawReplica(RawReplica.ok("{}"))) {
            start(bad.address(), good.address());
            for (int i = 0; i < 4; i++) {
                assertThat(delete("/api/orders/7").statusCode()).isEqualTo(200);
            }
            assertThat(bad.requests()).isNotEmpty();
        }
    }

    @Test
    void aRequestThatNoReplicaGotMayBeSentAgain() throws Exception {
        start(local(FreePorts.one()), local(FreePorts.one()));
        HttpResponse<String> answer = post("/api/orders", "{}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertProblem(answer, "SERVICE_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void aReplicaThatShedsLoadIsNotTakenForDead() throws Exception {
        String shed = RawReplica.response("503 Service Unavailable", "{\"code\":\"OVERLOADED\"}");
        try (RawReplica replica = new RawReplica(shed);
                RawReplica other = new RawReplica(shed)) {
            start(replica.address(), other.address());
            for (int i = 0; i < 20; i++) {
                assertThat(post("/api/orders", "{}").body()).contains("OVERLOADED");
            }
        }
    }

    @Test
    void aLargeBodyIsRefused() throws Exception {
        try (RawReplica replica = new RawReplica(RawReplica.ok("{}"))) {
            start(replica.address());
            HttpResponse<String> answer = post("/api/orders", " ".repeat(TOO_LARGE));
            assertThat(answer.statusCode()).isEqualTo(413);
            assertProblem(answer, "PAYLOAD_TOO_LARGE");
            assertThat(replica.requests()).isEmpty();
        }
    }

    @Test
    void onlyThePublicPathsAreServed() throws Exception {
        try (RawReplica replica = new RawReplica(RawReplica.ok("{}"))) {
            start(replica.address());
            assertThat(get("/health").body()).isEqualTo("OK\n");
            assertSecured(get("/health"));
            for (String path :
                    List.of("/metrics", "/health/ready", "/", "/apix", "/errors/uri_too_long")) {
                HttpResponse<String> answer = get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertProblem(answer, "NOT_FOUND");
            }
            assertThat(replica.requests()).isEmpty();
            assertThat(get("/openapi.json").statusCode()).isEqualTo(200);
            assertThat(get("/docs").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theReplicaLearnsTheRequestsIdAndTheClientsTrueAddress() throws Exception {
        try (RawReplica replica = new RawReplica(RawReplica.ok("{}"))) {
            start(replica.address());
            HttpRequest forged =
                    request("/api/orders")
                            .header("X-Forwarded-For", "10.9.9.9")
                            .header("X-Real-IP", "10.9.9.9")
                            .header("X-Request-Id", "mine")
                            .build();
            String id =
                    client.send(forged, BodyHandlers.ofString())
                            .headers()
                            .firstValue("X-Request-Id")
                            .orElseThrow();
            assertThat(id).hasSize(32);
            assertThat(replica.requests().get(0))
                    .contains("X-Request-Id: " + id)
                    .contains("X-Forwarded-For: 127.0.0.1\r\n")
                    .contains("X-Real-IP: 127.0.0.1\r\n")
                    .doesNotContain("10.9.9.9");
        }
    }

    @Test
    void aWebSocketsUpgradePasses() throws Exception {
        String switched =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
        try (RawReplica replica = new RawReplica(switched)) {
            start(replica.address());
            String answer =
                    raw(
                            "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 101");
            assertThat(replica.requests().get(0))
                    .contains("Upgrade: websocket")
                    .contains("Connection: upgrade");
        }
    }

    @Test
    void whatIsUnderWayOutlivesAReload() throws Exception {
        CountDownLatch turn = new CountDownLatch(1);
        try (RawReplica replica = new RawReplica(RawReplica.ok("{}"), turn)) {
            start(replica.address());
            HttpRequest signIn =
                    request("/api/auth/login").POST(BodyPublishers.ofString("{}")).build();
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(signIn, BodyHandlers.ofString());
            Awaitility.await().until(() -> !replica.requests().isEmpty());

            reload();
            Awaitility.await().until(this::aWorkerHasBeenToldToEnd);
            turn.countDown();

            assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(replica.requests()).hasSize(1);
        }
    }

    /** nginx keeps that time itself, and a test that waited for it would take as long. */
    @Test
    void aReloadLeavesTimeForTheLongestAnswer() throws Exception {
        start(local(FreePorts.one()));
        String configuration = Files.readString(data.run().resolve("nginx/nginx.conf"));
        List<Integer> answers =
                seconds("proxy_read_timeout", configuration)
                        .filter(each -> each != WEB_SOCKET_SILENCE_SECONDS)
                        .toList();

        assertThat(answers).contains(SIGN_IN_SECONDS);
        assertThat(seconds("worker_shutdown_timeout", configuration))
                .singleElement(as(InstanceOfAssertFactories.INTEGER))
                .isGreaterThan(Collections.max(answers));
    }

    private static Stream<Integer> seconds(String directive, String configuration) {
        return Pattern.compile(directive + " (\\d+)s;")
                .matcher(configuration)
                .results()
                .map(result -> Integer.valueOf(result.group(1)));
    }

    private void reload() throws Exception {
        String pid = Long.toString(Objects.requireNonNull(process).pid());
        assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
    }

    /** It says so in its title. */
    private boolean aWorkerHasBeenToldToEnd() {
        return ProcessHandle.of(Objects.requireNonNull(process).pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .anyMatch(worker -> title(worker).contains("shutting down"));
    }

    private static String title(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void whatIsNotHttpIsRefusedAsAProblem() throws Exception {
        start(local(FreePorts.one()));
        assertThat(raw("nonsense\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("MALFORMED_REQUEST");
        assertThat(raw("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414")
                .contains("URI_TOO_LONG");
        assertThat(raw("GET /api/ HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(9000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("HEADERS_TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE /api/orders HTTP/1.1, '', 405, METHOD_NOT_ALLOWED",
        "CONNECT localhost:443 HTTP/1.1, '', 400, MALFORMED_REQUEST",
        "POST /api/orders HTTP/1.1, Transfer-Encoding: gzip, 400, MALFORMED_REQUEST",
        "GET /api/orders HTTP/3.7, '', 400, MALFORMED_REQUEST",
        "GET /health HTTP/1.1, If-Unmodified-Since: x, 400, MALFORMED_REQUEST"
    })
    void whatNginxDoesNotSpeakIsTheClientsFault(String line, String header, int status, String code)
            throws Exception {
        start(local(FreePorts.one()));
        String more = header.isEmpty() ? "" : header + "\r\n";
        String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Type: application/problem+json", "X-Content-Type-Options")
                .contains("\"code\":\"" + code + "\"");
        assertThat(answer.contains("Allow: GET")).isEqualTo(status == 405);
    }

    private void start(InetSocketAddress... replicas) throws Exception {
        start(replicas.length, replicas);
    }

    private void start(int active, InetSocketAddress... replicas) throws Exception {
        Unprivileged unprivileged = Unprivileged.in(data.root());
        var address = local(port);
        var proxy =
                new NginxProxy(
                        data,
                        Path.of("/usr/sbin/nginx"),
                        unprivileged,
                        address,
                        List.of(replicas),
                        active);
        Supervised started = new Supervised(proxy.component(client), new ProcessListener());
        nginx = started;
        started.start();
        started.firstReady().get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatAReplicaSaysInItsHeadersIsSaidOnce() throws Exception {
        String shed =
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\nRetry-After: 7\r\n"
                        + "X-Content-Type-Options: nosniff\r\nCache-Control: no-cache\r\n\r\n{}";
        try (RawReplica replica = new RawReplica(shed)) {
            start(replica.address());
            HttpResponse<String> answer = get("/api/orders");
            assertThat(answer.headers().allValues("Retry-After")).containsExactly("7");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-cache");
            assertThat(answer.headers().allValues("X-Content-Type-Options")).hasSize(1);
            assertThat(answer.headers().allValues("Referrer-Policy")).isEmpty();
        }
    }

    private static void assertProblem(HttpResponse<String> answer, String code) {
        assertSecured(answer);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    /** nginx's own answer has what a replica's has. */
    private static void assertSecured(HttpResponse<String> answer) {
        Map<String, String> headers =
                Map.of(
                        "X-Content-Type-Options", "nosniff",
                        "Cache-Control", "no-store",
                        "Referrer-Policy", "no-referrer",
                        "Content-Security-Policy",
                                "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
                        "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        headers.forEach(
                (name, value) ->
                        assertThat(answer.headers().allValues(name))
                                .as(name)
                                .containsExactly(value));
        assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
        boolean passes = answer.statusCode() == 429 || answer.statusCode() == 503;
        assertThat(answer.headers().allValues("Retry-After")).hasSize(passes ? 1 : 0);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return client.send(request(path).DELETE().build(), BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress().getHostAddress(), port);
    }

    private final class ProcessListener implements Listener {
        @Override
        public void spawned(Component component, ProcessIdentity identity) {
            process = identity;
        }

        @Override
        public void ready(Component component, Duration elapsed) {}

        @Override
        public void crashed(Component component, String reason, Duration pause) {}

        @Override
        public void stopped(Component component) {}
    }
}
