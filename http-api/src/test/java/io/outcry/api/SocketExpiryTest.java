package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.outcry.api.FakeEngine.Mode;
import io.outcry.api.TestClient.Trader;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountUpdate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an open connection when what it was authenticated with is good no longer. */
class SocketExpiryTest {
    private static final Duration LIFETIME = Duration.ofSeconds(6);
    private static final int UNAUTHENTICATED = 4001;

    @AutoClose private TestVenue venue;
    private JsonNode signedIn;

    @BeforeEach
    void start() throws Exception {
        venue =
                new TestVenue(
                        Map.of("OUTCRY_TOKEN_LIFETIME_S", Long.toString(LIFETIME.toSeconds())),
                        List.of());
        venue.start();
        signedIn =
                venue.post("/api/auth/register", null, TestClient.registration("expires")).body();
    }

    private static String token(JsonNode signedIn) {
        return signedIn.get("access_token").asText();
    }

    private static Instant expiry(JsonNode signedIn) throws Exception {
        return SignedJWT.parse(token(signedIn)).getJWTClaimsSet().getExpirationTime().toInstant();
    }

    private Trader trader() {
        return new Trader("expires", token(signedIn));
    }

    private static void authenticate(SocketClient client, String token) throws Exception {
        client.send("{\"op\":\"authenticate\",\"token\":\"" + token + "\"}");
        client.next("authenticated");
    }

    private SocketClient subscribed() throws Exception {
        SocketClient client = SocketClient.connect(venue.port(), "");
        authenticate(client, token(signedIn));
        client.subscribe("orders");
        client.next("snapshot");
        return client;
    }

    private static void place(SocketClient client, String id) {
        client.send(
                "{\"op\":\"place\",\"id\":\"%s\",\"order\":%s}"
                        .formatted(id, TestClient.order("BUY", "1", "1")));
    }

    private void assertLetGoAt(Instant expiry, SocketClient client) throws Exception {
        JsonNode last = client.next("error");
        Instant told = venue.clock.instant();
        assertThat(last.path("code").asText()).isEqualTo("UNAUTHENTICATED");
        assertThat(last.path("detail").asText()).contains("expired");
        assertThat(client.closeStatus()).isEqualTo(UNAUTHENTICATED);
        assertThat(told).isAfterOrEqualTo(expiry).isCloseTo(expiry, within(12, ChronoUnit.SECONDS));
    }

    @Test
    void aConnectionIsLetGoWhenItsTokenExpires() throws Exception {
        try (SocketClient client = subscribed()) {
            assertLetGoAt(expiry(signedIn), client);
        }
    }

    @Test
    void aTicketLastsAsLongAsItsToken() throws Exception {
        String ticket =
                venue.post("/api/auth/ws-ticket", trader(), "{}").body().path("ticket").asText();
        try (SocketClient client = SocketClient.connect(venue.port(), "?ticket=" + ticket)) {
            client.subscribe("account");
            client.next("snapshot");
            assertLetGoAt(expiry(signedIn), client);
        }
    }

    @Test
    void nothingPrivateIsToldFromTheExpiryOn() throws Exception {
        AccountId account = new AccountId(signedIn.get("account_id").asLong());
        try (SocketClient client = subscribed()) {
            venue.live.publish(List.of(new AccountUpdate(account, 90, 0, "{\"n\":1}", null)));
            venue.clock.advance(LIFETIME);
            venue.live.publish(List.of(new AccountUpdate(account, 91, 90, "{\"n\":2}", null)));

            JsonNode last = client.next();
            while (!last.path("type").asText().equals("error")) {
                assertThat(last.at("/order/n").asInt()).as(last.toString()).isNotEqualTo(2);
                last = client.next();
            }
            assertThat(last.path("code").asText()).isEqualTo("UNAUTHENTICATED");
            assertThat(client.closeStatus()).isEqualTo(UNAUTHENTICATED);
        }
    }

    @Test
    void nothingIsOrderedFromTheExpiryOn() throws Exception {
        try (SocketClient client = subscribed()) {
            venue.clock.advance(LIFETIME);
            place(client, "late");
            assertThat(client.next("error").path("code").asText()).isEqualTo("UNAUTHENTICATED");
            assertThat(client.closeStatus()).isEqualTo(UNAUTHENTICATED);
        }
        assertThat(venue.engine.orders).isEmpty();
    }

    @Test
    void whatWasOrderedBeforeIsAnswered() throws Exception {
        try (SocketClient client = subscribed()) {
            venue.engine.mode = Mode.NEVER;
            place(client, "early");
            client.send("{\"op\":\"ping\"}");
            client.next("pong");
            venue.clock.advance(LIFETIME);
            place(client, "late");

            assertThat(client.answer("late").path("code").asText()).isEqualTo("UNAUTHENTICATED");
            assertThat(client.answer("early").path("code").asText())
                    .isEqualTo("ORDER_STATUS_UNKNOWN");
            assertThat(client.closeStatus()).isEqualTo(UNAUTHENTICATED);
        }
    }

    @Test
    void aConnectionThatIsAuthenticatedAgainGoesOnUntilTheNewTokenExpires() throws Exception {
        try (SocketClient client = subscribed()) {
            venue.clock.advance(LIFETIME.dividedBy(3));
            JsonNode renewed =
                    venue.post(
                                    "/api/auth/refresh",
                                    null,
                                    "{\"refresh_token\":\"%s\"}"
                                            .formatted(signedIn.get("refresh_token").asText()))
                            .body();
            authenticate(client, token(renewed));
            assertThat(expiry(renewed)).isAfter(expiry(signedIn));
            assertLetGoAt(expiry(renewed), client);
        }
    }

    @Test
    void aSessionThatIsEndedHearsNothingPrivateMore() throws Exception {
        try (SocketClient client = subscribed()) {
            venue.post("/api/auth/logout", trader(), "");
            assertThat(client.next("error").path("detail").asText()).contains("has ended");
            assertThat(client.closeStatus()).isEqualTo(UNAUTHENTICATED);
            assertThat(Instant.now()).isBefore(expiry(signedIn));
        }
    }
}
