package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.testing.Mutator;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Requests mutated at random, each other than it was: none makes the server fail, and every error
 * is a problem.
 */
@Order(Integer.MAX_VALUE)
class FuzzTest {
    private static final String ORDER = TestClient.order("BUY", "10", "150");
    private static final String PASSWORD = "\"password\":\"correct horse battery\"";

    /** A path, and a body that it takes. */
    private static final List<String> REQUESTS =
            List.of(
                    "/api/orders " + ORDER,
                    "/api/orders {\"symbol\":\"BTC-USD\",\"side\":\"sell\",\"type\":\"MARKET\",\"qty\":0.1}",
                    "/api/orders {\"symbol\":\"AAPL\",\"side\":\"BUY\",\"order_type\":\"STOP_LIMIT\","
                            + "\"quantity\":\"10\",\"price\":\"150\",\"stop_price\":\"151\","
                            + "\"time_in_force\":\"GTD\",\"expires_at\":\"2030-01-31T00:00:00Z\","
                            + "\"self_trade_prevention\":\"CANCEL_NEWEST\",\"client_order_id\":\"a-1\"}",
                    "/api/orders/test " + ORDER,
                    "/api/orders/batch {\"orders\":[" + TestClient.order("SELL", "3", "150") + "]}",
                    "/api/auth/refresh {\"refresh_token\":\"AAAA\"}",
                    "/api/auth/api-keys {\"name\":\"k\",\"algorithm\":\"HMAC_SHA256\","
                            + "\"scopes\":[\"READ\"],\"addresses\":[\"::1\"],"
                            + PASSWORD
                            + "}",
                    "/api/auth/totp {" + PASSWORD + ",\"code\":\"123456\"}",
                    "/api/auth/totp/confirm {\"code\":\"123456\"}",
                    "/api/auth/totp/remove {" + PASSWORD + ",\"code\":\"123456\"}",
                    "/api/auth/password {"
                            + PASSWORD
                            + ",\"new_password\":\"correct horse battery\"}",
                    "/api/auth/login {\"username\":\"someone\",\"password\":\"something\"}",
                    "/api/auth/register {\"username\":\"someone\",\"email\":\"a@b\",\"password\":\"something\"}",
                    "/api/account/deposits {\"amount\":\"5\",\"currency\":\"USD\",\"reference\":\"r\"}");

    private static final List<String> TARGETS =
            List.of(
                    "/api/orders/1?limit=5",
                    "/api/orders?status=open&cursor=7",
                    "/api/market/AAPL/book",
                    "/api/orders/by-client-id/abc",
                    "/health",
                    "/api/positions");
    private static final List<String> MESSAGES =
            List.of(
                    "{\"op\":\"place\",\"id\":\"1\",\"order\":" + ORDER + "}",
                    "{\"op\":\"replace\",\"order_id\":\"1\",\"terms\":{\"price\":\"7\"}}",
                    "{\"op\":\"cancel\",\"id\":\"1\",\"client_order_id\":\"a\"}",
                    "{\"op\":\"cancel_all\",\"symbol\":\"AAPL\"}",
                    "{\"op\":\"unsubscribe\",\"channels\":[\"book:AAPL\"]}");

    private final Mutator mutator = new Mutator(new Random(FuzzedAnswers.SEED));
    private final FuzzedAnswers answers = new FuzzedAnswers();

    @AfterEach
    void tell(TestInfo test) {
        answers.print(test.getDisplayName());
    }

    private void requireSound(String what, Answer answer) {
        answers.requireSound(what, answer.status(), answer.http().headers(), answer.http().body());
    }

    @Test
    void noMutatedBodyMakesTheServerFail() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            Trader trader = venue.register();
            for (int i = 0; i < FuzzedAnswers.REQUESTS; i++) {
                String[] request = mutator.one(REQUESTS).split(" ", 2);
                String path = request[0];
                byte[] body = mutator.body(request[1]);
                Answer answer =
                        venue.send(
                                venue.request(path, trader)
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofByteArray(body))
                                        .build());
                requireSound(FuzzedAnswers.name(i, path), answer);
            }
        }
    }

    @Test
    void noMutatedPathMakesTheServerFail() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            Trader trader = venue.register();
            for (int i = 0; i < FuzzedAnswers.REQUESTS; ) {
                String target = mutator.target(mutator.one(TARGETS));
                Answer answer = get(venue, target, trader);
                if (answer != null) {
                    requireSound(FuzzedAnswers.name(i++, target), answer);
                }
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

    @Test
    void noMutatedMessageMakesTheServerFail() throws Exception {
        try (TestVenue venue = TestVenue.started();
                SocketClient client = SocketClient.connect(venue.port(), "")) {
            Trader trader = venue.register();
            client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
            client.next("authenticated");
            for (int i = 0; i < FuzzedAnswers.REQUESTS; i++) {
                String message = mutator.json(mutator.one(MESSAGES));
                client.send(message);
                JsonNode answer = client.next();
                answers.count(answer.path("status").asInt());
                String what = FuzzedAnswers.name(i, message + ": " + answer);
                assertThat(answer.path("type").asText()).as(what).isNotEmpty();
                assertThat(answer.path("status").asInt()).as(what).isLessThan(500);
                FuzzedAnswers.requireNoTrace(what, answer.toString());
            }
        }
    }
}
