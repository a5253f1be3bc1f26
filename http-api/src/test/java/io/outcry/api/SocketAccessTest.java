package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Trader;
import io.outcry.api.http.Route.Access;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can be asked for by WebSocket, before callers of every kind. */
class SocketAccessTest {
    private static final int UNAUTHENTICATED = 4001;

    /** Who asks, and which accesses they have. */
    enum Who {
        NOBODY(Access.PUBLIC),
        REVOKED,
        TICKET_OF_REVOKED,
        DELETED_KEY,
        READ_KEY(Access.PUBLIC, Access.READ),
        TRADE_KEY(Access.PUBLIC, Access.TRADE),
        OTHER_USER(Access.PUBLIC, Access.READ, Access.TRADE),
        ADMIN(Access.PUBLIC, Access.READ, Access.TRADE);

        @SuppressWarnings("ImmutableEnumChecker") // Set.of makes sets that never change.
        private final Set<Access> may;

        Who(Access... may) {
            this.may = Set.of(may);
        }

        /** What they showed is good no longer, and ends their connection whatever they ask for. */
        boolean isOut() {
            return may.isEmpty();
        }
    }

    /**
     * A request.
     *
     * @param op what is asked for
     * @param members with which
     * @param access who may ask for it
     * @param status of the answer to them; 0: it has none, since it is no answer to an order
     */
    private record Row(String op, String members, Access access, int status) {
        String message() {
            return "{\"id\":\"x\",\"op\":\"" + op + "\"" + members + "}";
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

    /** All others' are not found; what is asked of all one's own finds none of them. */
    private static List<Row> rows() {
        String placed = ",\"order\":" + TestClient.order("BUY", "1", "1");
        String terms = ",\"terms\":{\"price\":\"2\"}";
        return List.of(
                new Row("place", placed, Access.TRADE, 201),
                new Row("replace", ",\"order_id\":" + order + terms, Access.TRADE, 404),
                new Row("cancel", ",\"order_id\":" + order, Access.TRADE, 404),
                new Row("cancel", ",\"client_order_id\":\"mine\"", Access.TRADE, 404),
                new Row("cancel_all", "", Access.TRADE, 200),
                new Row("subscribe", ",\"channels\":[\"orders\"]", Access.READ, 0),
                new Row("subscribe", ",\"channels\":[\"account\"]", Access.READ, 0),
                new Row("subscribe", ",\"channels\":[\"ticker:AAPL\"]", Access.PUBLIC, 0),
                new Row("unsubscribe", ",\"channels\":[\"orders\"]", Access.PUBLIC, 0),
                new Row("ping", "", Access.PUBLIC, 0),
                new Row("authenticate", ",\"token\":\"no token\"", Access.ADMIN, 0));
    }

    static Stream<Arguments> cases() {
        return rows().stream()
                .flatMap(row -> Stream.of(Who.values()).map(who -> Arguments.of(row, who)));
    }

    /** The server tells which operations it has, so none can be added that is not a row above. */
    @Test
    void everyOperationIsARow() throws Exception {
        try (SocketClient client = SocketClient.connect(venue.port(), "")) {
            client.send("{\"op\":\"fly\"}");
            String expected = client.next("error").at("/errors/0/reason").asText();
            assertThat(expected).startsWith("must be one of ");
            assertThat(expected.substring("must be one of ".length()).split(", "))
                    .containsExactlyInAnyOrderElementsOf(
                            rows().stream().map(Row::op).distinct().toList());
        }
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
            case DELETED_KEY -> {
                Trader owner = venue.register();
                ApiRobot robot = ApiRobot.of(venue, owner, "READ\",\"TRADE");
                SocketClient client = byKey(robot);
                venue.delete("/api/auth/api-keys/" + robot.key(), owner);
                yield client;
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
    void whatIsAskedForIsForWhoMayAndTheirOwnAlone(Row row, Who who) throws Exception {
        try (SocketClient client = connect(who)) {
            if (who == Who.TICKET_OF_REVOKED) {
                assertThat(client.closeStatus()).isEqualTo(UNAUTHENTICATED);
            } else {
                client.send(row.message());
                assertAnswered(client, row, who);
            }
        }
        assertThat(venue.get("/api/orders/" + order, victim).body().get("price").asText())
                .isEqualTo("1");
        assertThat(venue.get("/api/orders/" + order, victim).body().get("status").asText())
                .isEqualTo("NEW");
    }

    private static void assertAnswered(SocketClient client, Row row, Who who) throws Exception {
        if (who.may.contains(row.access())) {
            JsonNode answer = client.answer("x");
            assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(row.status());
            if (row.access() == Access.READ) {
                JsonNode snapshot = client.next("snapshot");
                assertThat(snapshot.path("orders")).as(snapshot.toString()).isEmpty();
            }
        } else if (who.isOut() || isTakenForAuthentication(row, who)) {
            // May be told so before the request comes.
            JsonNode answer = client.next("error");
            assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(401);
            assertThat(client.closeStatus()).isEqualTo(UNAUTHENTICATED);
        } else {
            JsonNode answer = client.answer("x");
            assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(403);
        }
    }

    /** Whether who may not has failed to authenticate; a channel waits until somebody has. */
    private static boolean isTakenForAuthentication(Row row, Who who) {
        return row.access() == Access.ADMIN || (who == Who.NOBODY && row.access() == Access.TRADE);
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
            assertThat(client.closeStatus()).isEqualTo(UNAUTHENTICATED);
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
