package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.FakeEngine.Mode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders by WebSocket, held against the same orders by the routes. */
class OrderSocketTest {
    private static final int MOST_UNDER_WAY = 256;
    private static final int CANCEL_RESERVE = 32;

    @AutoClose private final TestVenue venue = TestVenue.started();
    private Trader trader;

    @BeforeEach
    void start() throws Exception {
        trader = venue.register();
    }

    private SocketClient connect(Trader as) {
        return connect(venue, as);
    }

    private static SocketClient connect(TestVenue to, Trader as) {
        SocketClient client = SocketClient.connect(to.port(), "");
        client.send("{\"op\":\"authenticate\",\"token\":\"" + as.token() + "\"}");
        return client;
    }

    private static JsonNode ask(SocketClient client, String op, String members) throws Exception {
        client.send(request(op, "x", members));
        return client.answer("x");
    }

    private static String request(String op, String id, String members) {
        return "{\"op\":\"" + op + "\",\"id\":\"" + id + "\"" + members + "}";
    }

    private static String placing(String order) {
        return ",\"order\":" + order;
    }

    private static String named(String price, String id) {
        return TestClient.order("BUY", "3", price)
                .replace("}", ",\"client_order_id\":\"" + id + "\"}");
    }

    @Test
    void anOrderWaitsForNoSubscription() throws Exception {
        Trader trader = venue.register();
        try (SocketClient client = SocketClient.connect(venue.port(), "")) {
            client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
            venue.live.held = new CompletableFuture<>();
            client.subscribe("orders");
            client.send(
                    "{\"op\":\"place\",\"id\":\"o\",\"order\":"
                            + TestClient.order("BUY", "1", "10")
                            + "}");
            assertThat(client.next("order").path("id").asText()).isEqualTo("o");
            venue.live.held.complete(null);
            client.next("subscribed");
        }
    }

    @Test
    void subscriptionsCountAsReads() throws Exception {
        try (TestVenue limited = new TestVenue(Map.of("OUTCRY_LIMIT_READS", "1/h:2"), List.of())) {
            limited.start();
            Trader trader = limited.register();
            try (SocketClient client = SocketClient.connect(limited.port(), "")) {
                client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
                for (int i = 0; i < 3; i++) {
                    client.subscribe("orders");
                    client.send("{\"op\":\"unsubscribe\",\"channels\":[\"orders\"]}");
                }
                JsonNode error = client.next("error");
                assertThat(error.path("code").asText()).isEqualTo("RATE_LIMITED");
                assertThat(error.path("retry_after_ms").asLong()).isPositive();
            }
        }
    }

    @Test
    void subscriptionsOfStrangersAreCountedByAddress() throws Exception {
        try (TestVenue limited = new TestVenue(Map.of("OUTCRY_LIMIT_PUBLIC", "1/h:2"), List.of())) {
            limited.start();
            for (int i = 0; i < 2; i++) {
                try (SocketClient client = SocketClient.connect(limited.port(), "")) {
                    client.subscribe("book:AAPL");
                    client.next("subscribed");
                }
            }
            try (SocketClient client = SocketClient.connect(limited.port(), "")) {
                client.subscribe("book:AAPL");
                assertThat(client.next("error").path("code").asText()).isEqualTo("RATE_LIMITED");
            }
        }
    }

    @Test
    void anOrderBySocketIsTheOrderThatTheRoutesShow() throws Exception {
        try (SocketClient client = connect(trader)) {
            JsonNode placed = ask(client, "place", placing(TestClient.order("BUY", "3", "10")));

            assertThat(placed.path("type").asText()).isEqualTo("order");
            assertThat(placed.path("status").asInt()).isEqualTo(201);
            JsonNode order = placed.path("order");
            assertThat(venue.get("/api/orders/" + order.path("id").asText(), trader).body())
                    .isEqualTo(order);
        }
    }

    @Test
    void aClientOrderIdCountsOnceWhicheverWayItComes() throws Exception {
        Answer byRoute = venue.post("/api/orders", trader, named("10", "first"));
        try (SocketClient client = connect(trader)) {
            JsonNode again = ask(client, "place", placing(named("10", "first")));
            assertThat(again.path("duplicate").asBoolean()).isTrue();
            assertThat(again.path("order")).isEqualTo(byRoute.body());
            assertThat(ask(client, "place", placing(named("11", "first"))).path("code").asText())
                    .isEqualTo("DUPLICATE_CLIENT_ORDER_ID");

            JsonNode bySocket = ask(client, "place", placing(named("12", "second")));
            assertThat(bySocket.has("duplicate")).isFalse();
            Answer repeated = venue.post("/api/orders", trader, named("12", "second"));
            assertThat(repeated.header("Outcry-Duplicate")).isEqualTo("true");
            assertThat(repeated.body()).isEqualTo(bySocket.path("order"));
        }
    }

    @Test
    void termsCancelsAndCancelAllAreThoseOfTheRoutes() throws Exception {
        try (SocketClient client = connect(trader)) {
            JsonNode placed = ask(client, "place", placing(named("10", "one")));
            String id = placed.at("/order/id").asText();
            JsonNode replaced =
                    ask(
                            client,
                            "replace",
                            ",\"order_id\":\"" + id + "\",\"terms\":{\"price\":\"9\"}");
            assertThat(replaced.path("status").asInt()).isEqualTo(200);
            assertThat(replaced.at("/order/price").asText()).isEqualTo("9");

            JsonNode canceled = ask(client, "cancel", ",\"order_id\":" + id);
            assertThat(canceled.at("/order/status").asText()).isEqualTo("CANCELED");
            ask(client, "place", placing(named("10", "two")));
            assertThat(
                            ask(client, "cancel", ",\"client_order_id\":\"two\"")
                                    .at("/order/client_order_id")
                                    .asText())
                    .isEqualTo("two");

            ask(client, "place", placing(named("10", "three")));
            assertThat(ask(client, "cancel_all", ",\"symbol\":\"MSFT\"").path("orders")).isEmpty();
            JsonNode all = ask(client, "cancel_all", "");
            assertThat(all.path("type").asText()).isEqualTo("orders");
            assertThat(all.path("orders").findValuesAsText("client_order_id"))
                    .containsExactly("three");
        }
    }

    @Test
    void aCancelByClientOrderIdHasTheReserveOfCancels() throws Exception {
        try (SocketClient client = connect(trader)) {
            ask(client, "place", placing(named("10", "one")));
            venue.engine.crowded = true;

            JsonNode canceled = ask(client, "cancel", ",\"client_order_id\":\"one\"");

            assertThat(canceled.at("/order/status").asText()).isEqualTo("CANCELED");
        }
    }

    @Test
    void whatHasEndedOrNeverWasIsToldApart() throws Exception {
        try (SocketClient client = connect(trader)) {
            ask(client, "place", placing(named("10", "one")));
            ask(client, "cancel", ",\"client_order_id\":\"one\"");
            assertThat(ask(client, "cancel", ",\"client_order_id\":\"one\"").path("code").asText())
                    .isEqualTo("ORDER_CLOSED");
            assertThat(ask(client, "cancel", ",\"client_order_id\":\"no\"").path("code").asText())
                    .isEqualTo("UNKNOWN_ORDER");
            assertThat(ask(client, "cancel", ",\"order_id\":\"999\"").path("code").asText())
                    .isEqualTo("UNKNOWN_ORDER");
        }
    }

    @Test
    void whatIsWrongWithAnOrderIsToldAsTheRoutesTellIt() throws Exception {
        String good = TestClient.order("BUY", "3", "10");
        List<String> wrong =
                List.of(
                        "{}",
                        good.replace("AAPL", "NOPE"),
                        good.replace("BUY", "HOLD"),
                        good.replace("\"3\"", "\"0\""),
                        good.replace("\"3\"", "\"1.5\""),
                        good.replace("\"10\"", "\"10.123456789\""),
                        good.replace("\"10\"", "true"),
                        good.replace("}", ",\"more\":1}"),
                        good.replace("}", ",\"expires_at\":\"soon\"}"));
        try (SocketClient client = connect(trader)) {
            for (String order : wrong) {
                JsonNode told = ask(client, "place", placing(order));
                JsonNode problem = venue.post("/api/orders", trader, order).body();
                assertThat(told.path("type").asText()).as(order).isEqualTo("error");
                for (String member : List.of("status", "code", "detail")) {
                    assertThat(told.get(member)).as(order).isEqualTo(problem.get(member));
                }
                assertThat(told.path("errors").toString())
                        .as(order)
                        .isEqualTo(problem.has("errors") ? problem.get("errors").toString() : "[]");
            }
        }
    }

    @Test
    void aRequestThatSaysTooMuchOrTooLittleIsRefusedUnderItsId() throws Exception {
        venue.post("/api/orders", trader, TestClient.order("BUY", "3", "10"));
        try (SocketClient client = connect(trader)) {
            for (String[] bad :
                    new String[][] {
                        {"place", ""},
                        {"place", ",\"order\":7"},
                        {"place", placing("{}") + ",\"symbol\":\"AAPL\""},
                        {"replace", ",\"order_id\":1"},
                        {"replace", ",\"terms\":{}"},
                        {"cancel", ""},
                        {"cancel", ",\"order_id\":-1"},
                        {"cancel", ",\"order_id\":\"+1\""},
                        {"cancel", ",\"order_id\":\"\u0661\""},
                        {"cancel", ",\"order_id\":1,\"client_order_id\":\"a\""},
                        {"cancel", ",\"client_order_id\":\"\""},
                        {"cancel_all", ",\"symbol\":null"},
                        {"cancel_all", ",\"symbol\":\"a b\""},
                        {"cancel_all", ",\"symbols\":[\"AAPL\"]"},
                        {"cancel_all", ",\"order_id\":1"}
                    }) {
                JsonNode told = ask(client, bad[0], bad[1]);
                assertThat(told.path("code").asText())
                        .as(bad[0] + bad[1])
                        .isEqualTo("INVALID_FIELD");
            }
        }
        assertThat(venue.get("/api/orders?status=open", trader).body().path("orders")).hasSize(1);
    }

    @Test
    void moreThanMayBeUnderWayIsRefusedAtOnce() throws Exception {
        try (SocketClient client = connect(trader)) {
            client.next("authenticated");
            venue.engine.mode = Mode.NEVER;
            for (int i = 0; i <= MOST_UNDER_WAY; i++) {
                client.send(request("cancel", "c" + i, ",\"order_id\":1"));
            }
            JsonNode refused = client.next("error");
            assertThat(refused.path("id").asText()).isEqualTo("c" + MOST_UNDER_WAY);
            assertThat(refused.path("code").asText()).isEqualTo("OVERLOADED");
            assertThat(refused.path("retry_after_ms").asLong()).isPositive();
            for (int i = 0; i < MOST_UNDER_WAY; i++) {
                assertThat(client.next("error").path("code").asText())
                        .isEqualTo("ORDER_STATUS_UNKNOWN");
            }
            venue.engine.mode = Mode.NORMAL;
            assertThat(ask(client, "cancel_all", "").path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void aConnectionFullOfPlacementsCanStillCancel() throws Exception {
        try (SocketClient client = connect(trader)) {
            client.next("authenticated");
            venue.engine.mode = Mode.NEVER;
            int placements = MOST_UNDER_WAY - CANCEL_RESERVE;
            for (int i = 0; i <= placements; i++) {
                client.send(request("place", "p" + i, placing(TestClient.order("BUY", "1", "1"))));
            }
            JsonNode refused = client.next("error");
            assertThat(refused.path("id").asText()).isEqualTo("p" + placements);
            assertThat(refused.path("code").asText()).isEqualTo("OVERLOADED");
            for (int i = 0; i < CANCEL_RESERVE; i++) {
                client.send(request("cancel", "c" + i, ",\"order_id\":1"));
            }
            for (int i = 0; i < MOST_UNDER_WAY; i++) {
                assertThat(client.next("error").path("code").asText())
                        .isEqualTo("ORDER_STATUS_UNKNOWN");
            }
            venue.engine.mode = Mode.NORMAL;
        }
    }

    @Test
    void anUnknownOutcomeSaysWhereToLook() throws Exception {
        try (SocketClient client = connect(trader)) {
            client.next("authenticated");
            venue.engine.mode = Mode.UNKNOWN;
            JsonNode lost = ask(client, "place", placing(named("10", "lost")));
            assertThat(lost.path("status").asInt()).isEqualTo(504);
            assertThat(lost.path("lookup").asText()).isEqualTo("/api/orders/by-client-id/lost");
            venue.engine.mode = Mode.REFUSE;
            JsonNode refused = ask(client, "place", placing(named("10", "lost")));
            assertThat(refused.path("code").asText()).isEqualTo("ENGINE_UNAVAILABLE");
            assertThat(refused.path("retry_after_ms").asLong()).isEqualTo(1_000);
        }
    }

    @Test
    void aReplicaThatStopsAnswersWhatIsUnderWayFirst() throws Exception {
        try (TestVenue patient =
                new TestVenue(Map.of("OUTCRY_DRAIN_TIMEOUT_MS", "10000"), List.of())) {
            patient.start();
            try (SocketClient client = connect(patient, patient.register())) {
                client.next("authenticated");
                patient.engine.mode = Mode.NEVER;
                client.send(request("place", "last", placing(named("10", "last"))));
                client.send(request("ping", "p", ""));
                client.answer("p");
                patient.server.close();
                assertThat(client.answer("last").path("code").asText())
                        .isEqualTo("ORDER_STATUS_UNKNOWN");
                assertThat(client.closeStatus()).isEqualTo(1012);
            }
        }
    }

    @Test
    void aLimitIsOneForBothWays() throws Exception {
        try (TestVenue limited = new TestVenue(Map.of("OUTCRY_LIMIT_ORDERS", "2/h:2"), List.of())) {
            limited.start();
            Trader one = limited.register();
            limited.post("/api/orders", one, TestClient.order("BUY", "1", "1"));
            try (SocketClient client = connect(limited, one)) {
                String order = placing(TestClient.order("BUY", "1", "1"));
                assertThat(ask(client, "place", order).path("status").asInt()).isEqualTo(201);
                JsonNode third = ask(client, "place", order);
                assertThat(third.path("code").asText()).isEqualTo("RATE_LIMITED");
                assertThat(third.path("retry_after_ms").asLong()).isPositive();
                assertThat(ask(client, "cancel_all", "").path("orders")).hasSize(2);
            }
        }
    }
}
