package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those may do who run the venue, on a listener of their own. */
class AdminRoutesTest {
    @AutoClose private static final TestVenue venue = TestVenue.started();
    private static Trader admin;

    @BeforeAll
    static void start() throws Exception {
        admin = venue.registerAdmin();
    }

    private static Answer post(String path, String body) throws Exception {
        return venue.admin("POST", "/api/admin/" + path, admin, body);
    }

    private static JsonNode newest() throws Exception {
        return venue.admin("GET", "/api/admin/audit?limit=1", admin, "")
                .body()
                .get("entries")
                .get(0);
    }

    @Test
    void aMarketIsHaltedAndResumedAndBothAreNoted() throws Exception {
        assertThat(post("instruments/AAPL/halt", "").status()).isEqualTo(200);
        JsonNode noted = newest();
        assertThat(post("instruments/AAPL/resume", "").status()).isEqualTo(200);

        assertThat(venue.engine.administration)
                .containsSubsequence("status AAPL HALTED", "status AAPL OPEN");
        assertThat(noted.get("action").asText()).isEqualTo("instrument.halt");
        assertThat(noted.get("subject").asText()).isEqualTo("AAPL");
        assertThat(noted.get("outcome").asText()).isEqualTo("DONE");
        assertThat(noted.get("address").asText()).isEqualTo("127.0.0.1");
        assertThat(noted.get("actor").asText()).isNotEmpty();
        assertThat(post("instruments/NOPE/halt", "").status()).isEqualTo(404);
        assertThat(post("instruments/NOPE/resume", "").status()).isEqualTo(404);
    }

    @Test
    void accountsAreSuspendedLimitedAndAdjusted() throws Exception {
        assertThat(post("accounts/7/suspend", "").status()).isEqualTo(200);
        assertThat(post("accounts/7/resume", "").status()).isEqualTo(200);
        assertThat(post("accounts/7/limits", "{\"credit_limit\":\"5\",\"short_limit\":9}").status())
                .isEqualTo(200);
        assertThat(
                        post("accounts/7/adjustments", "{\"amount\":\"-2.5\",\"reference\":\"a\"}")
                                .status())
                .isEqualTo(200);
        assertThat(newest().get("detail").asText()).isEqualTo("-2.5 USD, a");
        assertThat(
                        post(
                                        "accounts/7/adjustments",
                                        "{\"symbol\":\"AAPL\",\"quantity\":\"3\",\"reference\":\"b\"}")
                                .status())
                .isEqualTo(200);

        assertThat(venue.engine.administration)
                .contains("suspend 7", "resume 7", "adjust position 7 AAPL 3");
        assertThat(post("accounts/7/adjustments", "{\"reference\":\"c\"}").code())
                .isEqualTo("INVALID_FIELD");
        assertThat(post("accounts/x/suspend", "").status()).isEqualTo(400);
        assertThat(venue.admin("GET", "/api/admin/accounts/999", admin, "").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"amount\":\"1\",\"symbol\":\"AAPL\"",
                "\"quantity\":\"1\",\"symbol\":\"AAPL\",\"currency\":\"USD\"",
                "\"quantity\":\"1\",\"amount\":\"1\",\"symbol\":\"AAPL\""
            })
    void anAdjustmentOfWhichPartWouldBeOverlookedIsRefused(String terms) throws Exception {
        List<String> before = List.copyOf(venue.engine.administration);

        assertThat(post("accounts/7/adjustments", "{" + terms + ",\"reference\":\"d\"}").code())
                .isEqualTo("INVALID_FIELD");
        assertThat(venue.engine.administration).isEqualTo(before);
    }

    @Test
    void anAccountIsPutInATierThatThereIs() throws Exception {
        String account =
                venue.get("/api/account", venue.register()).body().get("account_id").asText();
        assertThat(post("accounts/" + account + "/tier", "{\"tier\":\"standard\"}").status())
                .isEqualTo(200);
        JsonNode noted = newest();
        assertThat(noted.get("action").asText()).isEqualTo("account.tier");
        assertThat(noted.get("subject").asText()).isEqualTo(account);
        assertThat(noted.get("detail").asText()).isEqualTo("standard");
        assertThat(post("accounts/" + account + "/tier", "{\"tier\":\"gold\"}").code())
                .isEqualTo("INVALID_FIELD");
        assertThat(post("accounts/" + account + "/tier", "{}").code()).isEqualTo("INVALID_FIELD");
        assertThat(post("accounts/999/tier", "{\"tier\":\"standard\"}").status()).isEqualTo(404);
    }

    @Test
    void anInstrumentIsDefinedAndTradedThen() throws Exception {
        String body =
                """
                {"symbol":"NEW-1","currency":"USD","price_scale":2,"quantity_scale":0,
                 "cash_scale":6,"tick":"0.05","lot":"1","max_quantity":"1000","taker_fee_ppm":200}""";

        assertThat(post("instruments", body).status()).isEqualTo(200);
        Answer order =
                venue.post(
                        "/api/orders",
                        venue.register(),
                        TestClient.order("BUY", "1", "1.05").replace("AAPL", "NEW-1"));

        assertThat(order.status()).isEqualTo(201);
        assertThat(post("instruments", body.replace("\"cash_scale\":6", "\"cash_scale\":1")).code())
                .isEqualTo("INVALID_COMMAND");
        assertThat(post("instruments", "{}").body().get("errors").size()).isGreaterThan(5);
    }

    @Test
    void aMarketCanBeHaltedWithoutTheDatabaseButNotWithoutTheEngine() throws Exception {
        venue.engine.mode = FakeEngine.Mode.REFUSE;
        try {
            assertThat(post("session/close", "").status()).isEqualTo(503);
        } finally {
            venue.engine.mode = FakeEngine.Mode.NORMAL;
        }
        assertThat(newest().get("outcome").asText()).isEqualTo("FAILED");
    }

    @Test
    void nobodyElseGetsInAndThePublicListenerKnowsNothingOfIt() throws Exception {
        Trader trader = venue.register();

        assertThat(venue.admin("GET", "/api/admin/status", null, "").status()).isEqualTo(401);
        assertThat(venue.admin("GET", "/api/admin/status", trader, "").status()).isEqualTo(403);
        assertThat(venue.admin("GET", "/api/admin/status", admin, "").status()).isEqualTo(200);
        assertThat(
                        venue.sendUnchecked(
                                        HttpRequest.newBuilder(
                                                        URI.create(
                                                                "http://127.0.0.1:"
                                                                        + venue.server.adminPort()
                                                                        + "/api/account"))
                                                .GET()
                                                .build())
                                .statusCode())
                .isEqualTo(404);
        try (TestVenue without = new TestVenue(Map.of("OUTCRY_ADMIN_PORT", "off"), List.of())) {
            without.start();
            assertThat(without.server.adminPort()).isZero();
        }
    }
}
