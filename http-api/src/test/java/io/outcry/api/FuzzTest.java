package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Requests mutated at random: none makes the server fail, and every error is a problem. */
@Order(Integer.MAX_VALUE)
class FuzzTest {
    /** As many of each kind as {@code -Doutcry.fuzz.requests} says. */
    private static final int REQUESTS = Integer.getInteger("outcry.fuzz.requests", 3_000);

    /** The same requests come of {@code -Doutcry.fuzz.seed}. */
    private static final long SEED = Long.getLong("outcry.fuzz.seed", new Random().nextLong());

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "null",
        "true",
        "-",
        "1e999",
        "0",
        "99999999999",
        "\u0000",
        "\\ud800",
        "\"price\"",
        "\"quantity\":",
        "{}",
        "é",
        "NaN",
        "1.0000000000000001"
    };
    private static final String[] PATHS = {
        "/api/orders",
        "/api/orders/test",
        "/api/orders/batch",
        "/api/auth/refresh",
        "/api/auth/api-keys",
        "/api/auth/totp",
        "/api/auth/totp/remove",
        "/api/auth/password",
        "/api/auth/login",
        "/api/auth/register",
        "/api/account/deposits"
    };
    private static final String[] BODIES = {
        TestClient.order("BUY", "10", "150"),
        "{\"symbol\":\"BTC-USD\",\"side\":\"sell\",\"type\":\"MARKET\",\"qty\":0.0001}",
        "{\"username\":\"someone\",\"password\":\"something\"}",
        "{\"amount\":\"5\",\"currency\":\"USD\",\"reference\":\"r\"}",
        "{\"orders\":[" + TestClient.order("SELL", "3", "150") + "]}",
        "{\"refresh_token\":\"AAAA\"}",
        "{\"name\":\"k\",\"algorithm\":\"HMAC_SHA256\",\"scopes\":[\"READ\"],\"addresses\":[\"::1\"],"
                + "\"password\":\"correct horse battery\"}",
        "{\"password\":\"correct horse battery\",\"code\":\"123456\"}"
    };

    private final long beginNanos = System.nanoTime();
    private final Map<Integer, Integer> answersByStatus = new TreeMap<>();

    @AfterEach
    void tell(TestInfo test) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNanos);
        System.out.printf(
                Locale.ROOT,
                "%s, seed %d: answers by status in %d s: %s%n",
                test.getDisplayName(),
                SEED,
                seconds,
                answersByStatus);
    }

    @Test
    void noMutatedBodyMakesTheServerFail() throws Exception {
        Random random = new Random(SEED);
        try (TestVenue venue = TestVenue.started()) {
            Trader trader = venue.register();
            for (int i = 0; i < REQUESTS; i++) {
                String path = PATHS[random.nextInt(PATHS.length)];
                byte[] body = mutated(random);
                Answer answer =
                        venue.send(
                                venue.request(path, trader)
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofByteArray(body))
                                        .build());
                assertSound(answer, "seed " + SEED + ", request " + i + " to " + path);
            }
        }
    }

    @Test
    void noMutatedPathMakesTheServerFail() throws Exception {
        Random random = new Random(SEED);
        String[] targets = {
            "/api/orders/1?limit=5", "/api/orders?status=open&cursor=7", "/api/market/AAPL/book",
            "/api/orders/by-client-id/abc", "/health", "/api/positions"
        };
        String alphabet = "abcdefgXYZ0189/-._~%2F%00?&=;+:@!$'()*,";
        try (TestVenue venue = TestVenue.started()) {
            Trader trader = venue.register();
            for (int i = 0; i < REQUESTS; ) {
                StringBuilder target = new StringBuilder(targets[random.nextInt(targets.length)]);
                for (int edits = random.nextInt(4); edits >= 0; edits--) {
                    int at = 1 + random.nextInt(target.length() - 1);
                    target.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
                Answer answer = get(venue, target.toString(), trader);
                if (answer != null) {
                    assertSound(answer, "seed " + SEED + ", request " + i++ + " to " + target);
                }
            }
        }
    }

    @Test
    void noMutatedMessageMakesTheServerFail() throws Exception {
        Random random = new Random(SEED);
        String[] messages = {
            "{\"op\":\"place\",\"id\":\"1\",\"order\":" + BODIES[0] + "}",
            "{\"op\":\"replace\",\"order_id\":\"1\",\"terms\":{\"price\":\"7\"}}",
            "{\"op\":\"cancel\",\"id\":\"1\",\"client_order_id\":\"a\"}",
            "{\"op\":\"cancel_all\",\"symbol\":\"AAPL\"}",
            "{\"op\":\"unsubscribe\",\"channels\":[\"book:AAPL\"]}"
        };
        try (TestVenue venue = TestVenue.started();
                SocketClient client = SocketClient.connect(venue.port(), "")) {
            Trader trader = venue.register();
            client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
            client.next("authenticated");
            for (int i = 0; i < REQUESTS; i++) {
                String message = mutated(messages[random.nextInt(messages.length)], random);
                client.send(message);
                JsonNode answer = client.next();
                answersByStatus.merge(answer.path("status").asInt(), 1, Integer::sum);
                String what = "seed " + SEED + ", message " + i + ": " + message + ": " + answer;
                assertThat(answer.path("type").asText()).as(what).isNotEmpty();
                assertThat(answer.path("status").asInt()).as(what).isLessThan(500);
                assertThat(answer.toString()).as(what).doesNotContain("Exception", "\tat ");
            }
        }
    }

    /** Null when the client itself refuses to send the target. */
    private static Answer get(TestVenue venue, String target, Trader trader) throws Exception {
        try {
            return venue.get(target, trader);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] mutated(Random random) {
        byte[] bytes =
                mutated(BODIES[random.nextInt(BODIES.length)], random)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String mutated(String from, Random random) {
        StringBuilder body = new StringBuilder(from);
        for (int edits = random.nextInt(5); edits > 0; edits--) {
            int at = random.nextInt(body.length() + 1);
            int end = Math.min(body.length(), at + random.nextInt(6));
            switch (random.nextInt(3)) {
                case 0 -> body.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> body.delete(at, end);
                default -> body.insert(at, body.substring(at, end));
            }
        }
        return body.toString();
    }

    private void assertSound(Answer answer, String what) {
        answersByStatus.merge(answer.status(), 1, Integer::sum);
        assertThat(answer.status())
                .as(what + ": " + answer.http().body())
                .satisfiesAnyOf(
                        status -> assertThat(status).isLessThan(500),
                        status -> assertThat(answer.code()).isEqualTo("OVERLOADED"));
        if (answer.status() >= 400) {
            assertThat(answer.header("Content-Type"))
                    .as(what)
                    .startsWith("application/problem+json");
            assertThat(answer.code()).as(what).isNotEmpty();
            assertThat(answer.http().body()).as(what).doesNotContain("Exception", "\tat ");
        }
    }
}
