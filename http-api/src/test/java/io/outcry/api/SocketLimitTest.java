package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.FakeEngine.Mode;
import io.outcry.api.TestClient.Trader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many WebSockets an account may have, and for how long. */
class SocketLimitTest {
    private static final Duration MOST_AGE = Duration.ofHours(1);
    private static final int RESTART = 1012;
    private static final int TRY_LATER = 1013;

    @AutoClose
    private final TestVenue venue =
            new TestVenue(
                    Map.of(
                            "OUTCRY_SOCKETS_PER_ACCOUNT",
                            "2",
                            "OUTCRY_SOCKET_AGE_S",
                            Long.toString(MOST_AGE.toSeconds())),
                    List.of());

    private Trader trader;
    private SocketClient first;
    private SocketClient second;

    @BeforeEach
    void fillUp() throws Exception {
        venue.start();
        trader = venue.register();
        first = authenticated(trader);
        second = authenticated(trader);
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private SocketClient connect(Trader as) {
        SocketClient client = SocketClient.connect(venue.port(), "");
        show(client, as);
        return client;
    }

    private static void show(SocketClient client, Trader as) {
        client.send("{\"op\":\"authenticate\",\"token\":\"" + as.token() + "\"}");
    }

    private SocketClient authenticated(Trader as) throws Exception {
        SocketClient client = connect(as);
        client.next("authenticated");
        return client;
    }

    /** The server may not have noticed yet that another has gone. */
    private boolean isTakenIn(Trader as) throws Exception {
        try (SocketClient client = connect(as)) {
            return client.next().path("type").asText().equals("authenticated");
        }
    }

    private static void assertLives(SocketClient client) throws Exception {
        client.send("{\"op\":\"ping\"}");
        client.next("pong");
    }

    private static void assertRefused(SocketClient client) throws Exception {
        JsonNode error = client.next("error");
        assertThat(error.path("code").asText()).isEqualTo("CONNECTION_LIMIT");
        assertThat(error.path("status").asInt()).isEqualTo(429);
        assertThat(error.path("detail").asText()).contains("2 connections");
        assertThat(error.path("retry_after_ms").asLong()).isPositive();
        assertThat(client.closeStatus()).isEqualTo(TRY_LATER);
    }

    @Test
    void aConnectionTooManyIsToldAndEndedAndNoOther() throws Exception {
        try (SocketClient third = connect(trader);
                SocketClient another = authenticated(venue.register())) {
            assertRefused(third);
            assertLives(first);
            assertLives(second);
            assertLives(another);
        }
    }

    @Test
    void aTicketOpensNoMoreThanATokenDoes() throws Exception {
        String ticket =
                venue.post("/api/auth/ws-ticket", trader, "{}").body().path("ticket").asText();
        try (SocketClient third = SocketClient.connect(venue.port(), "?ticket=" + ticket)) {
            assertRefused(third);
        }
    }

    @Test
    void aConnectionThatIsAuthenticatedAgainIsStillOne() throws Exception {
        show(second, trader);
        second.next("authenticated");
        second.close();

        await().until(() -> isTakenIn(trader));
    }

    @Test
    void whatWasRefusedTakesNobodysPlace() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (SocketClient third = connect(trader)) {
                assertRefused(third);
            }
        }
        first.close();

        await().until(() -> isTakenIn(trader));
    }

    @Test
    void anOldConnectionIsToComeAnew() throws Exception {
        venue.clock.advance(MOST_AGE.multipliedBy(9).dividedBy(10));
        assertLives(first);
        venue.clock.advance(MOST_AGE.dividedBy(10));

        assertThat(first.closeStatus()).isEqualTo(RESTART);
        assertThat(second.closeStatus()).isEqualTo(RESTART);
    }

    @Test
    void anOldConnectionIsAnsweredWhatItHasOrdered() throws Exception {
        venue.engine.mode = Mode.NEVER;
        first.send(
                "{\"op\":\"place\",\"id\":\"1\",\"order\":%s}"
                        .formatted(TestClient.order("BUY", "1", "1")));
        assertLives(first);
        venue.clock.advance(MOST_AGE);

        assertThat(first.answer("1").path("code").asText()).isEqualTo("ORDER_STATUS_UNKNOWN");
        assertThat(first.closeStatus()).isEqualTo(RESTART);
    }
}
