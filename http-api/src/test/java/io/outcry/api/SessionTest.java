package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.User;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions renewed, ended and stolen; passwords guessed. */
class SessionTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @AutoClose private final TestVenue venue = TestVenue.started();
    private String name;

    @BeforeEach
    void start() throws Exception {
        name = "s-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private JsonNode registered() throws Exception {
        return venue.post("/api/auth/register", null, TestClient.registration(name)).body();
    }

    private Answer refresh(String token) throws Exception {
        return venue.post("/api/auth/refresh", null, "{\"refresh_token\":\"" + token + "\"}");
    }

    private static Trader trader(JsonNode signedIn) {
        return new Trader(signedIn.get("username").asText(), signedIn.get("access_token").asText());
    }

    private Answer login(String password, String address) throws Exception {
        return venue.send(
                venue.request("/api/auth/login", null)
                        .header("Content-Type", "application/json")
                        .header("X-Real-IP", address)
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"username\":\"%s\",\"password\":\"%s\"}"
                                                .formatted(name, password)))
                        .build());
    }

    @Test
    void aRefreshTokenBringsNewTokensThatWork() throws Exception {
        JsonNode first = registered();

        Answer second = refresh(first.get("refresh_token").asText());
        Answer third = refresh(second.body().get("refresh_token").asText());

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().get("user_id")).isEqualTo(first.get("user_id"));
        assertThat(second.body().get("refresh_token")).isNotEqualTo(first.get("refresh_token"));
        assertThat(third.status()).isEqualTo(200);
        assertThat(venue.get("/api/account", trader(third.body())).status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenUsedTwiceEndsTheSessionForWhoeverHasIt() throws Exception {
        String stolen = registered().get("refresh_token").asText();
        JsonNode owner = refresh(stolen).body();

        Answer thief = refresh(stolen);

        assertThat(thief.status()).isEqualTo(401);
        assertThat(thief.body().get("detail").asText()).contains("used before");
        assertThat(refresh(owner.get("refresh_token").asText()).status()).isEqualTo(401);
        Answer read = venue.get("/api/account", trader(owner));
        assertThat(read.status()).isEqualTo(401);
        assertThat(read.body().get("detail").asText()).contains("session has ended");
    }

    @Test
    void aRefreshTokenThatIsNoneOrIdleForTooLongIsRefused() throws Exception {
        JsonNode signedIn = registered();

        assertThat(refresh("").status()).isEqualTo(401);
        assertThat(refresh("?!").status()).isEqualTo(401);
        assertThat(refresh("AAAA").status()).isEqualTo(401);
        assertThat(refresh("A".repeat(64)).status()).isEqualTo(401);
        venue.clock.advance(Duration.ofHours(25));
        assertThat(refresh(signedIn.get("refresh_token").asText()).status()).isEqualTo(401);
    }

    @Test
    void ofRefusedTokensOneUsedTwiceIsNotedAlone() throws Exception {
        String token = registered().get("refresh_token").asText();
        refresh(token);
        refresh("A".repeat(64));
        refresh("?!");
        refresh(token);
        refresh(token);

        assertThat(venue.access.list("session.renew", new Page(Long.MAX_VALUE, 100))).hasSize(1);
    }

    @Test
    void whoLosesARoleWhileSigningInHasItNoMore() throws Exception {
        name = registered().get("username").asText();
        venue.stores.setRole(name, User.Role.ADMIN);
        venue.access.beforeSession = () -> venue.stores.setRole(name, User.Role.TRADER);

        Answer signedIn = login(TestClient.PASSWORD, "192.0.2.1");

        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(venue.admin("GET", "/api/admin/status", trader(signedIn.body()), "").status())
                .isEqualTo(403);
    }

    @Test
    void whoSignsOutIsOutOnEveryReplica() throws Exception {
        JsonNode signedIn = registered();
        Trader trader = trader(signedIn);
        try (TestVenue other = venue.startedReplica()) {
            assertThat(other.get("/api/account", trader).status()).isEqualTo(200);

            assertThat(venue.post("/api/auth/logout", trader, "").status()).isEqualTo(200);

            assertThat(venue.get("/api/account", trader).status()).isEqualTo(401);
            await().atMost(SOON).until(() -> other.get("/api/account", trader).status() == 401);
            assertThat(
                            other.post("/api/orders", trader, TestClient.order("BUY", "1", "1"))
                                    .status())
                    .isEqualTo(401);
        }
        assertThat(refresh(signedIn.get("refresh_token").asText()).status()).isEqualTo(401);
    }

    @Test
    void guessingFromOneAddressMakesThatAddressWaitAndNobodyElse() throws Exception {
        registered();
        for (int i = 0; i < 6; i++) {
            assertThat(login("wrong guess " + i, "192.0.2.7").status()).isEqualTo(401);
        }

        Answer blocked = login(TestClient.PASSWORD, "192.0.2.7");

        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.header("Retry-After")).isEqualTo("1");
        assertThat(login(TestClient.PASSWORD, "192.0.2.8").status()).isEqualTo(200);
        venue.clock.advance(Duration.ofSeconds(2));
        assertThat(login(TestClient.PASSWORD, "192.0.2.7").status()).isEqualTo(200);
    }

    @Test
    void guessingFromEverywhereNeverShutsOutWhoWasThereBefore() throws Exception {
        registered();
        assertThat(login(TestClient.PASSWORD, "198.51.100.1").status()).isEqualTo(200);
        for (int i = 0; i < 60; i++) {
            Answer guess = login("wrong guess", "203.0.113." + i);
            assertThat(guess.status()).isIn(401, 429);
            venue.clock.advance(Duration.ofSeconds(i < 50 ? 0 : 31));
        }
        assertThat(login("wrong guess", "203.0.113.90").status()).isEqualTo(401);

        assertThat(login(TestClient.PASSWORD, "203.0.113.99").status()).isEqualTo(429);
        assertThat(login(TestClient.PASSWORD, "198.51.100.1").status()).isEqualTo(200);
        venue.clock.advance(Duration.ofSeconds(31));
        assertThat(login(TestClient.PASSWORD, "203.0.113.99").status()).isEqualTo(200);
    }

    @Test
    void signInsAreAuditedWithoutSecrets() throws Exception {
        registered();
        login("a wrong password", "192.0.2.7");
        login(TestClient.PASSWORD, "192.0.2.7");

        var entries =
                venue.access.list(
                        "session.begin", new io.outcry.domain.store.Page(Long.MAX_VALUE, 10));

        assertThat(entries).extracting(each -> each.entry().outcome()).contains("DENIED", "DONE");
        assertThat(entries.get(0).entry().address()).isEqualTo("192.0.2.7");
        assertThat(entries.toString()).doesNotContain("wrong password", TestClient.PASSWORD);
    }
}
