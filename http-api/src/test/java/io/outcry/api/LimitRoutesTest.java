package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Limits as callers meet them. */
class LimitRoutesTest {

    private static TestVenue venue(Map<String, String> limits) throws Exception {
        TestVenue venue = new TestVenue(limits, List.of());
        venue.start();
        return venue;
    }

    @Test
    void anAnswerSaysWhatIsLeftAndWhenToComeBack() throws Exception {
        try (TestVenue venue = venue(Map.of("OUTCRY_LIMIT_ORDERS", "3/h:3"))) {
            Trader trader = venue.register();
            String order = TestClient.order("BUY", "1", "1");

            Answer first = venue.post("/api/orders", trader, order);
            venue.post("/api/orders", trader, order);
            venue.post("/api/orders/test", trader, order);
            Answer fourth = venue.post("/api/orders", trader, order);

            assertThat(first.header("X-RateLimit-Limit")).isEqualTo("3");
            assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("2");
            assertThat(Long.parseLong(first.header("X-RateLimit-Reset"))).isBetween(1L, 1200L);
            assertThat(fourth.status()).isEqualTo(429);
            assertThat(fourth.code()).isEqualTo("RATE_LIMITED");
            assertThat(Long.parseLong(fourth.header("Retry-After"))).isBetween(1L, 1200L);
            assertThat(venue.delete("/api/orders", trader).status()).isEqualTo(200);
            assertThat(venue.post("/api/orders", venue.register(), order).status()).isEqualTo(201);
        }
    }

    private static Answer batch(TestVenue venue, Trader trader, int orders) throws Exception {
        String order = TestClient.order("BUY", "1", "1");
        String all = String.join(",", Collections.nCopies(orders, order));
        return venue.post("/api/orders/batch", trader, "{\"orders\":[" + all + "]}");
    }

    @Test
    void aBatchIsNoWayAroundALimit() throws Exception {
        try (TestVenue venue = venue(Map.of("OUTCRY_LIMIT_ORDERS", "3/h:3"))) {
            Trader trader = venue.register();

            assertThat(batch(venue, trader, 2).header("X-RateLimit-Remaining")).isEqualTo("1");
            assertThat(batch(venue, trader, 2).code()).isEqualTo("RATE_LIMITED");

            assertThat(venue.get("/api/orders", trader).body().get("orders")).hasSize(2);
        }
    }

    @Test
    void aBatchBeyondWhatALimitEverLetsThroughIsToldItsSize() throws Exception {
        try (TestVenue venue = venue(Map.of("OUTCRY_LIMIT_ORDERS", "3/h:3"))) {
            Trader trader = venue.register();

            Answer four = batch(venue, trader, 4);

            assertThat(four.status()).isEqualTo(400);
            assertThat(four.code()).isEqualTo("INVALID_FIELD");
            assertThat(four.body().path("errors").path(0).path("field").asText())
                    .isEqualTo("orders");
            assertThat(four.body().path("detail").asText()).contains("at most 3");
            assertThat(venue.get("/api/orders", trader).body().get("orders")).isEmpty();
        }
    }

    @Test
    void anAddressHasItsOwnLimits() throws Exception {
        try (TestVenue venue =
                venue(
                        Map.of(
                                "OUTCRY_LIMIT_REGISTRATIONS", "2/h:2",
                                "OUTCRY_LIMIT_PUBLIC", "1/h:1"))) {
            venue.register();
            venue.register();
            assertThat(
                            venue.post("/api/auth/register", null, TestClient.registration("x3"))
                                    .status())
                    .isEqualTo(429);
            assertThat(venue.get("/api/instruments", null).status()).isEqualTo(200);
            assertThat(venue.get("/api/instruments", null).status()).isEqualTo(429);
            assertThat(instrumentsAskedFrom(venue, "192.0.2.1").status()).isEqualTo(200);
            assertThat(venue.get("/health/live", null).status()).isEqualTo(200);
        }
    }

    @Test
    void whoOwnsANetworkOfIpv6IsOneClient() throws Exception {
        try (TestVenue venue = venue(Map.of("OUTCRY_LIMIT_PUBLIC", "1/h:1"))) {
            assertThat(instrumentsAskedFrom(venue, "2001:db8::1").status()).isEqualTo(200);
            assertThat(instrumentsAskedFrom(venue, "2001:db8::2").status()).isEqualTo(429);
            assertThat(instrumentsAskedFrom(venue, "2001:db8:0:1::1").status()).isEqualTo(200);
        }
    }

    private static Answer instrumentsAskedFrom(TestVenue venue, String address) throws Exception {
        return venue.send(
                venue.request("/api/instruments", null).header("X-Real-IP", address).GET().build());
    }

    @Test
    void whoMakesUpApiKeysIsCountedBeforeTheDatabaseIsAsked() throws Exception {
        try (TestVenue venue = venue(Map.of("OUTCRY_LIMIT_PUBLIC", "2/h:2"))) {
            assertThat(asked(venue, UUID.randomUUID()).status()).isEqualTo(401);
            assertThat(asked(venue, UUID.randomUUID()).status()).isEqualTo(401);
            Answer third = asked(venue, UUID.randomUUID());
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.code()).isEqualTo("RATE_LIMITED");
        }
    }

    private static Answer asked(TestVenue venue, UUID key) throws Exception {
        return venue.send(
                venue.request("/api/account", null)
                        .header("Outcry-Key", key.toString())
                        .GET()
                        .build());
    }

    @Test
    void aPaperVenueThrottlesNobody() throws Exception {
        try (TestVenue venue = venue(Map.of())) {
            Trader trader = null;
            for (int i = 0; i < 40; i++) {
                trader = venue.register();
            }
            for (int i = 0; i < 500; i++) {
                Answer answer =
                        venue.post("/api/orders", trader, TestClient.order("BUY", "1", "1"));
                assertThat(answer.status()).isEqualTo(201);
            }
        }
    }

    private static Trader signedIn(TestVenue venue, String name) throws Exception {
        Answer answer =
                venue.post(
                        "/api/auth/login",
                        null,
                        "{\"username\":\"%s\",\"password\":\"%s\"}"
                                .formatted(name, TestClient.PASSWORD));
        return new Trader(name, answer.body().get("access_token").asText());
    }

    private static void setTier(TestVenue venue, String account, String tier) throws Exception {
        Answer set =
                venue.admin(
                        "POST",
                        "/api/admin/accounts/" + account + "/tier",
                        venue.registerAdmin(),
                        "{\"tier\":\"" + tier + "\"}");
        assertThat(set.status()).as(set.body().toString()).isEqualTo(200);
    }

    @Test
    void aTierHoldsFromTheNextTokenOnEverywhere() throws Exception {
        Map<String, String> settings =
                Map.of(
                        "OUTCRY_LIMIT_ORDERS", "2/h:2",
                        "OUTCRY_LIMIT_TIERS", "pro orders=5/h:5; maker orders=off");
        String order = TestClient.order("BUY", "1", "1");
        try (TestVenue venue = venue(settings)) {
            Trader before = venue.register();
            String account = venue.get("/api/account", before).body().get("account_id").asText();
            setTier(venue, account, "pro");
            assertThat(venue.post("/api/orders", before, order).header("X-RateLimit-Limit"))
                    .isEqualTo("2");

            Trader after = signedIn(venue, before.name());
            Answer first = venue.post("/api/orders", after, order);
            assertThat(first.header("X-RateLimit-Limit")).isEqualTo("5");
            assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("4");
            ApiRobot robot = ApiRobot.of(venue, after, "TRADE");
            assertThat(
                            robot.send(venue.port(), "POST", "/api/orders", order)
                                    .header("X-RateLimit-Remaining"))
                    .isEqualTo("3");
            try (SocketClient client = SocketClient.connect(venue.port(), "")) {
                client.send("{\"op\":\"authenticate\",\"token\":\"" + after.token() + "\"}");
                for (int i = 0; i < 4; i++) {
                    client.send("{\"op\":\"place\",\"id\":\"" + i + "\",\"order\":" + order + "}");
                }
                assertThat(client.answer("2").path("status").asInt()).isEqualTo(201);
                assertThat(client.answer("3").path("code").asText()).isEqualTo("RATE_LIMITED");
            }

            setTier(venue, account, "maker");
            Answer free = venue.post("/api/orders", signedIn(venue, before.name()), order);
            assertThat(free.status()).isEqualTo(201);
            assertThat(free.header("X-RateLimit-Limit")).isEmpty();
        }
    }
}
