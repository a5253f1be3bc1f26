package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Floods of what was never good, and who is at the same address. */
class ForgedCredentialsTest {
    private static final String ELSEWHERE = "192.0.2.1";

    private static TestVenue venue(String limit) {
        TestVenue venue =
                new TestVenue(
                        Map.of(
                                "OUTCRY_LIMIT_PUBLIC",
                                limit,
                                "OUTCRY_LIMIT_READS",
                                "100000/s:100000"),
                        List.of());
        venue.start();
        return venue;
    }

    /** A token of the trader's whose signature another key made, each time another one. */
    private static String forged(Trader trader) {
        String token = trader.token();
        String signature = UUID.randomUUID().toString().replace("-", "").repeat(3);
        return token.substring(0, token.lastIndexOf('.') + 1) + signature.substring(0, 86);
    }

    private static Answer asked(TestVenue venue, String token, String address) throws Exception {
        return venue.send(
                venue.request("/api/account", null)
                        .header("Authorization", "Bearer " + token)
                        .header("X-Real-IP", address)
                        .GET()
                        .build());
    }

    private static Answer asked(TestVenue venue, String token) throws Exception {
        return asked(venue, token, "127.0.0.1");
    }

    @Test
    void aFloodOfForgedTokensIsRefusedByItsAddress() throws Exception {
        try (TestVenue venue = venue("3/h:3")) {
            Trader trader = venue.register();
            Trader newcomer = venue.register();
            assertThat(venue.get("/api/account", trader).status()).isEqualTo(200);
            for (int i = 0; i < 3; i++) {
                Answer refused = asked(venue, forged(trader));
                assertThat(refused.code()).isEqualTo("UNAUTHENTICATED");
            }

            Answer fourth = asked(venue, forged(trader));

            assertThat(fourth.status()).isEqualTo(429);
            assertThat(fourth.code()).isEqualTo("RATE_LIMITED");
            assertThat(Long.parseLong(fourth.header("Retry-After"))).isBetween(1L, 1200L);
            assertThat(fourth.header("X-RateLimit-Limit")).isEmpty();
            assertThat(asked(venue, newcomer.token()).status()).isEqualTo(429);
            assertThat(asked(venue, newcomer.token(), ELSEWHERE).status()).isEqualTo(200);
            assertThat(asked(venue, forged(trader), ELSEWHERE).status()).isEqualTo(401);
            Answer known = venue.get("/api/account", trader);
            assertThat(known.status()).isEqualTo(200);
            assertThat(known.header("X-RateLimit-Remaining")).isNotEmpty();
            assertThat(venue.get("/api/instruments", null).status()).isEqualTo(200);
        }
    }

    @Test
    void goodTokensOfOneAddressAreNeverCounted() throws Exception {
        try (TestVenue venue = venue("1/h:1")) {
            List<Trader> traders = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                traders.add(venue.register());
            }
            for (Trader trader : traders) {
                for (int i = 0; i < 20; i++) {
                    assertThat(venue.get("/api/account", trader).status()).isEqualTo(200);
                }
            }
            assertThat(asked(venue, forged(traders.get(0))).status()).isEqualTo(401);
            assertThat(asked(venue, forged(traders.get(0))).status()).isEqualTo(429);
        }
    }

    @Test
    void anOrderIsRefusedLikewise() throws Exception {
        try (TestVenue venue = venue("1/h:1")) {
            Trader trader = venue.register();
            Trader forger = new Trader("forger", forged(trader));
            String order = TestClient.order("BUY", "1", "1");
            assertThat(venue.post("/api/orders", trader, order).status()).isEqualTo(201);
            assertThat(venue.post("/api/orders", forger, order).status()).isEqualTo(401);
            assertThat(venue.post("/api/orders", forger, order).status()).isEqualTo(429);
            assertThat(venue.post("/api/orders", trader, order).status()).isEqualTo(201);
        }
    }

    @Test
    void replicasCountTogether() throws Exception {
        try (TestVenue one = venue("4/h:4");
                TestVenue two = one.startedReplica()) {
            Trader trader = one.register();
            for (int i = 0; i < 4; i++) {
                assertThat(asked(one, forged(trader)).status()).isEqualTo(401);
            }
            int[] checked = {0};
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> {
                                int status = asked(two, forged(trader)).status();
                                checked[0] += status == 401 ? 1 : 0;
                                return status == 429;
                            });
            assertThat(checked[0]).isLessThan(4);
        }
    }

    @Test
    void wrongSignaturesOfAKeyCountForThatKeyAlone() throws Exception {
        try (TestVenue venue = venue("2/h:2")) {
            Trader trader = venue.register();
            ApiRobot robot = ApiRobot.of(venue, trader, "READ");
            ApiRobot other = ApiRobot.of(venue, trader, "READ");
            ApiRobot forger = new ApiRobot(venue, robot.key(), other.secret());
            for (ApiRobot good : List.of(robot, other)) {
                for (int i = 0; i < 5; i++) {
                    assertThat(status(good)).isEqualTo(200);
                }
            }
            assertThat(status(forger)).isEqualTo(401);
            assertThat(status(robot)).isEqualTo(200);
            assertThat(status(forger)).isEqualTo(401);

            assertThat(status(forger)).isEqualTo(429);
            assertThat(status(robot)).isEqualTo(429);
            assertThat(status(other)).isEqualTo(200);
            assertThat(asked(venue, forged(trader)).status()).isEqualTo(401);
        }
    }

    private static int status(ApiRobot robot) throws Exception {
        return robot.send(robot.venue().port(), "GET", "/api/account", "").status();
    }

    @Test
    void aWebSocketIsNoWayAround() throws Exception {
        try (TestVenue venue = venue("2/h:2")) {
            Trader trader = venue.register();
            for (String code : List.of("UNAUTHENTICATED", "UNAUTHENTICATED", "RATE_LIMITED")) {
                try (SocketClient client = SocketClient.connect(venue.port(), "")) {
                    client.send("{\"op\":\"authenticate\",\"token\":\"" + forged(trader) + "\"}");
                    JsonNode error = client.next("error");
                    assertThat(error.path("code").asText()).isEqualTo(code);
                    assertThat(error.has("retry_after_ms")).isEqualTo(code.equals("RATE_LIMITED"));
                }
            }
            assertThat(asked(venue, forged(trader)).status()).isEqualTo(429);
        }
    }
}
