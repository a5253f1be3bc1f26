package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.outcry.api.TestClient.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred addresses sign in with wrong passwords, before the real servers. */
@Timeout(120)
class SignInFloodTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int FLOODING = 16;
    private static final int ADDRESSES = 100;
    private static final String ELSEWHERE = "203.0.113.9";

    /** Each test has an address of its own, which nobody has asked about. */
    private static final AtomicInteger HOMES = new AtomicInteger();

    @TempDir private static Path folder;

    private static RealServers servers;
    private static RealReplica replica;

    private final AtomicInteger attempts = new AtomicInteger();
    private String name;
    private String home;
    private ExecutorService flood;

    @BeforeAll
    @Timeout(120) // A class's holds for its tests alone.
    static void start() throws Exception {
        assumeTrue(RealServers.available(), "the engine has not been built");
        servers = RealServers.start(folder.resolve("journal"));
        servers.startEngine();
        Map<String, String> environment = new HashMap<>(servers.environment());
        environment.put("OUTCRY_SIGN_IN_SHARE", "1");
        environment.put("OUTCRY_HASH_WAIT_MS", "2000");
        replica = new RealReplica(TestVenue.settings(environment));
        replica.awaitStart();
    }

    @AfterAll
    static void stop() throws Exception {
        if (servers != null) {
            replica.close();
            servers.close();
        }
    }

    @BeforeEach
    void flood() throws Exception {
        home = "192.0.2." + HOMES.incrementAndGet();
        name = "f-" + UUID.randomUUID().toString().substring(0, 18);
        assertThat(replica.send(from(home, "register", TestClient.registration(name))).status())
                .isEqualTo(201);
        flood = Executors.newFixedThreadPool(FLOODING);
        for (int i = 0; i < FLOODING; i++) {
            flood.execute(this::signInUntilInterrupted);
        }
        Awaitility.await()
                .atMost(SOON)
                .until(() -> signIn(name, TestClient.PASSWORD, ELSEWHERE).status() == 503);
    }

    @AfterEach
    void endFlood() throws Exception {
        flood.shutdownNow();
        assertThat(flood.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoHasSignedInFromAnAddressBeforeGetsInThereAndStrangersSeeNoDifference()
            throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(signIn(name, TestClient.PASSWORD, home).status()).isEqualTo(200);
        }

        Answer known = signIn(name, TestClient.PASSWORD, ELSEWHERE);
        Answer unknown = signIn("nobody-of-that-name", TestClient.PASSWORD, ELSEWHERE);
        Answer unknownAtHome = signIn("nobody-of-that-name", TestClient.PASSWORD, home);

        assertThat(known.status()).isEqualTo(503);
        for (Answer answer : List.of(unknown, unknownAtHome)) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body().get("detail")).isEqualTo(known.body().get("detail"));
        }
    }

    @Test
    void anAddressThatSignsInAgainAndAgainWaitsWithTheStrangers() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            statuses.add(signIn(name, TestClient.PASSWORD, home).status());
        }

        assertThat(statuses.subList(0, 5)).containsOnly(200);
        assertThat(statuses.subList(5, 15)).contains(503);
    }

    private void signInUntilInterrupted() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                int attempt = attempts.incrementAndGet();
                Answer unused =
                        signIn("u-" + attempt, "wrong", "198.51.100." + attempt % ADDRESSES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer signIn(String name, String password, String address) throws Exception {
        String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
        return replica.send(from(address, "login", body));
    }

    private static HttpRequest from(String address, String what, String body) {
        return replica.request("/api/auth/" + what, null)
                .header("Content-Type", "application/json")
                .header("X-Real-IP", address)
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
