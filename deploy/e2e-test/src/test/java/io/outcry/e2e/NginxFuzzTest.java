package io.outcry.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.outcry.testing.Mutator;
import io.outcry.testing.RawHttp;
import io.outcry.testing.RawHttp.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Requests mutated at random and sent byte by byte to nginx, before two replicas: whoever of them
 * answers, nothing fails, and every error is a problem with the headers that all answers have.
 */
@Timeout(600)
@ExtendWith(SharedVenue.class)
class NginxFuzzTest {
    /** As many as {@code -Doutcry.fuzz.requests} says. */
    private static final int REQUESTS = Integer.getInteger("outcry.fuzz.requests", 1_000);

    /** The same requests come of {@code -Doutcry.fuzz.seed}. */
    private static final long SEED = Long.getLong("outcry.fuzz.seed", new Random().nextLong());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Rests far below whatever anybody sells at. */
    private static final String ORDER =
            "{\"symbol\":\"AAPL\",\"side\":\"BUY\",\"order_type\":\"LIMIT\",\"quantity\":\"1\",\"price\":\"1\"}";

    /** Method, target, and the body if there is one. */
    private static final List<String> REQUESTS_MEANT =
            List.of(
                    "POST /api/orders " + ORDER,
                    "POST /api/orders/test " + ORDER,
                    "POST /api/orders/batch {\"orders\":[" + ORDER + "]}",
                    "PATCH /api/orders/1 {\"price\":\"2\"}",
                    "GET /api/orders?status=open&limit=5",
                    "GET /api/orders/1",
                    "DELETE /api/orders/1",
                    "DELETE /api/orders?symbol=AAPL",
                    "GET /api/account",
                    "GET /api/account/statements?kind=orders&format=csv",
                    "GET /api/market/AAPL/book?depth=5",
                    "GET /api/instruments",
                    "POST /api/auth/refresh {\"refresh_token\":\"AAAA\"}",
                    "POST /api/auth/ws-ticket",
                    "GET /openapi.json",
                    "GET /docs",
                    "GET /docs/docs.css",
                    "GET /health",
                    "GET /ws?ticket=AAAA",
                    "GET /nowhere");

    private static final List<String> METHODS =
            List.of("HEAD", "OPTIONS", "PUT", "TRACE", "CONNECT", "PROPFIND", "FLY", "get", "");
    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/3.7", "HTTP/11", "HTTPS/1.1", "X");

    private final Map<Integer, Integer> answersByStatus = new TreeMap<>();
    private final Random random = new Random(SEED);
    private final Mutator mutator = new Mutator(random);
    private final Client client;
    private final int port;

    NginxFuzzTest(RunningVenue venue) throws Exception {
        client = Client.registered(venue.uri());
        port = venue.uri().getPort();
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        System.out.printf(Locale.ROOT, "seed %d: answers by status: %s%n", SEED, answersByStatus);
        assertThat(client.delete("/api/orders").status()).isEqualTo(200);
    }

    @Test
    void noMutatedRequestMakesTheVenueFail() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            byte[] request = mutated(mutator.one(REQUESTS_MEANT));
            String text = new String(request, ISO_8859_1);
            String what = "seed " + SEED + ", request " + i + ": " + text;
            Optional<Answer> answer = answer(what, request);
            if (answer.isPresent()) {
                requireSound(what, answer.get(), text.startsWith("HEAD "));
            } else {
                // nginx waits for the rest, and answers nobody who does not.
                assertThat(RawHttp.isWhole(request)).as(what).isFalse();
                answersByStatus.merge(0, 1, Integer::sum);
            }
        }
        assertThat(client.get("/api/account").status()).isEqualTo(200);
    }

    private byte[] mutated(String meant) {
        String[] parts = meant.split(" ", 3);
        String body = parts.length < 3 ? "" : parts[2];
        String line = parts[0] + " " + parts[1] + " HTTP/1.1";
        byte[] sent = body.getBytes(UTF_8);
        List<String> headers = headers(sent.length);
        switch (random.nextInt(body.isEmpty() ? 5 : 6)) {
            case 0 -> line = parts[0] + " " + mutator.target(parts[1]) + " HTTP/1.1";
            case 1 -> line = mutator.one(METHODS) + " " + parts[1] + " HTTP/1.1";
            case 2 -> line = parts[0] + " " + parts[1] + " " + mutator.one(VERSIONS);
            case 3, 4 -> headers = mutator.headers(headers);
            default -> {
                sent = mutator.body(body);
                headers = headers(sent.length);
            }
        }
        return Mutator.request(line, headers, sent);
    }

    private List<String> headers(int length) {
        List<String> headers =
                new ArrayList<>(
                        List.of(
                                "Host: localhost",
                                "Authorization: Bearer " + client.token(),
                                "Accept: application/json, */*;q=0.1",
                                "Accept-Encoding: gzip, br",
                                "User-Agent: fuzz/1.0",
                                "X-Request-Id: 4bf92f3577b34da6",
                                "X-Forwarded-For: 192.0.2.7"));
        if (length > 0) {
            headers.add("Content-Type: application/json");
            headers.add("Content-Length: " + length);
        }
        return headers;
    }

    private Optional<Answer> answer(String what, byte[] request) {
        try {
            return RawHttp.answer(port, request);
        } catch (IOException e) {
            throw new AssertionError(what, e);
        }
    }

    private void requireSound(String what, Answer answer, boolean toHead) throws IOException {
        answersByStatus.merge(answer.status(), 1, Integer::sum);
        String all = what + "\n" + answer;
        assertThat(answer.status()).as(all).isLessThan(500);
        assertThat(answer.headers().allValues("X-Content-Type-Options"))
                .as(all)
                .containsExactly("nosniff");
        assertThat(answer.headers().allValues("X-Request-Id")).as(all).hasSize(1);
        if (answer.status() >= 400) {
            assertThat(answer.header("Content-Type"))
                    .as(all)
                    .startsWith("application/problem+json");
            if (!toHead) {
                JsonNode problem = JSON.readTree(answer.body());
                assertThat(problem.path("code").asText()).as(all).isNotEmpty();
                assertThat(problem.path("status").asInt()).as(all).isEqualTo(answer.status());
            }
        }
    }
}
