package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Trader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request about orders by WebSocket, before callers of every kind. */
class OrderSocketAccessTest {
    /** Who asks, and what a request for somebody else's order is answered with. */
    enum Who {
        NOBODY(401),
        REVOKED(401),
        TICKET_OF_REVOKED(401),
        READ_KEY(403),
        TRADE_KEY(404),
        OTHER_USER(404),
        ADMIN(404);

        private final int answer;

        Who(int answer) {
            this.answer = answer;
        }
    }

    @AutoClose private static final TestVenue venue = TestVenue.started();
    private static Trader victim;
    private static String order;

    @BeforeAll
    static void start() throws Exception {
        victim = venue.register();
        order =
                venue.post(
                                "/api/orders",
                                victim,
                                TestClient.order("BUY", "10", "1")
                                        .replace("}", ",\"client_order_id\":\"mine\"}"))
                        .body()
                        .get("id")
                        .asText();
    }

    static Stream<Arguments> cases() {
        String[] requests = {
            "\"op\":\"place\",\"order\":" + TestClient.order("BUY", "1", "1"),
            "\"op\":\"replace\",\"order_id\":" + order + ",\"terms\":{\"price\":\"2\"}",
            "\"op\":\"cancel\",\"order_id\":" + order,
            "\"op\":\"cancel\",\"client_order_id\":\"mine\"",
            "\"op\":\"cancel_all\""
        };
        return Stream.of(requests)
                .flatMap(request -> Stream.of(Who.values()).map(who -> Arguments.of(request, who)));
    }

    private static SocketClient connect(Who who) throws Exception {
        return switch (who) {
            case NOBODY -> SocketClient.connect(venue.port(), "");
            case REVOKED -> {
                Trader gone = venue.register();
                SocketClient client = authenticated(gone);
                venue.post("/api/auth/logout", gone, "");
                yield client;
            }
            case TICKET_OF_REVOKED -> {
                Trader gone = venue.register();
                String ticket = ticket(gone);
                venue.post("/api/auth/logout", gone, "");
                yield SocketClient.connect(venue.port(), "?ticket=" + ticket);
            }
            case READ_KEY -> byKey("READ");
            case TRADE_KEY -> byKey("TRADE");
            case OTHER_USER -> authenticated(venue.register());
            case ADMIN -> authenticated(venue.registerAdmin());
        };
    }

    private static SocketClient authenticated(Trader trader) throws Exception {
        SocketClient client = SocketClient.connect(venue.port(), "");
        client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
        client.next("authenticated");
        return client;
    }

    private static String ticket(Trader trader) throws Exception {
        return venue.post("/api/auth/ws-ticket", trader, "{}").body().path("ticket").asText();
    }

    private static SocketClient byKey(String scope) throws Exception {
        ApiRobot robot = ApiRobot.of(venue, venue.register(), scope);
        return byKey(robot);
    }

    private static SocketClient byKey(ApiRobot robot) throws Exception {
        JsonNode sold = robot.send(venue.port(), "POST", "/api/auth/ws-ticket", "").body();
        SocketClient client =
                SocketClient.connect(venue.port(), "?ticket=" + sold.path("ticket").asText());
        client.next("authenticated");
        return client;
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("cases")
    void ordersAreForWhoMayTradeAndTheirOwnAlone(String request, Who who) throws Exception {
        try (SocketClient client = connect(who)) {
            if (who == Who.TICKET_OF_REVOKED) {
                assertThat(client.closeStatus()).isEqualTo(4001);
                return;
            }
            client.send("{\"id\":\"x\"," + request + "}");
            int expected = who.answer == 404 ? allowed(request) : who.answer;
            // Who may not may be told so before the request comes.
            JsonNode answer = expected == 401 ? client.next("error") : client.answer("x");
            assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(expected);
            if (expected == 401) {
                assertThat(client.closeStatus()).isEqualTo(4001);
            }
        }
        assertThat(venue.get("/api/orders/" + order, victim).body().get("price").asText())
                .isEqualTo("1");
        assertThat(venue.get("/api/orders/" + order, victim).body().get("status").asText())
                .isEqualTo("NEW");
    }

    /** What is answered to who may trade: orders of others are not there. */
    private static int allowed(String request) {
        if (request.contains("cancel_all")) {
            return 200;
        }
        return request.contains("\"place\"") ? 201 : 404;
    }

    @Test
    void aKeyThatMayNotReadHearsNothingPrivate() throws Exception {
        try (SocketClient client = byKey("TRADE")) {
            client.subscribe("orders");
            assertThat(client.next("error").path("code").asText()).isEqualTo("FORBIDDEN");
        }
        try (SocketClient client = byKey("READ")) {
            client.subscribe("orders");
            assertThat(client.next("snapshot").path("channel").asText()).isEqualTo("orders");
        }
    }

    @Test
    void aKeyThatWasDeletedPlacesNothingMore() throws Exception {
        Trader owner = venue.register();
        ApiRobot robot = ApiRobot.of(venue, owner, "TRADE");
        try (SocketClient client = byKey(robot)) {
            venue.delete("/api/auth/api-keys/" + robot.key(), owner);
            client.send(
                    "{\"op\":\"place\",\"id\":\"x\",\"order\":"
                            + TestClient.order("BUY", "1", "1")
                            + "}");
            // Perhaps told before the order comes.
            assertThat(client.next("error").path("code").asText()).isEqualTo("UNAUTHENTICATED");
            assertThat(client.closeStatus()).isEqualTo(4001);
        }
        assertThat(venue.get("/api/orders", owner).body().get("orders")).isEmpty();
    }

    @Test
    void anIdOfAKeyIsNoToken() throws Exception {
        ApiRobot robot = ApiRobot.of(venue, venue.register(), "TRADE");
        try (SocketClient client = SocketClient.connect(venue.port(), "")) {
            client.send("{\"op\":\"authenticate\",\"token\":\"key " + robot.key() + "\"}");
            assertThat(client.next("error").path("code").asText()).isEqualTo("UNAUTHENTICATED");
        }
    }
}
