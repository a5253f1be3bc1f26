package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OrderRoutesTest {
    @AutoClose private static final TestVenue venue = TestVenue.started();

    @Test
    void anOrderIsFoundWhereItsAnswerSays() throws Exception {
        Trader trader = venue.register();
        String body =
                TestClient.order("BUY", "10", "1").replace("}", ",\"client_order_id\":\"where\"}");
        Answer placed = venue.post("/api/orders", trader, body);

        Answer found = venue.get(placed.header("Location"), trader);

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body()).isEqualTo(placed.body());
        assertThat(venue.post("/api/orders", trader, body).header("Location"))
                .isEqualTo(placed.header("Location"));
        Answer rejected = venue.post("/api/orders", trader, TestClient.order("BUY", "0", "1"));
        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.header("Location")).isEmpty();
    }

    @Test
    void aPlacedOrderIsAnsweredWithAllItsTerms() throws Exception {
        Trader trader = venue.register();

        Answer answer = venue.post("/api/orders", trader, TestClient.order("BUY", "10", "149.5"));

        assertThat(answer.status()).isEqualTo(201);
        JsonNode order = answer.body();
        assertThat(order.get("symbol").asText()).isEqualTo("AAPL");
        assertThat(order.get("side").asText()).isEqualTo("BUY");
        assertThat(order.get("quantity").asText()).isEqualTo("10");
        assertThat(order.get("price").asText()).isEqualTo("149.5");
        assertThat(order.get("remaining_quantity").asText()).isEqualTo("10");
        assertThat(order.get("status").asText()).isEqualTo("NEW");
        assertThat(order.get("average_price").isNull()).isTrue();
        assertThat(order.get("fills")).isEmpty();
        assertThat(order.get("created_at").asText()).startsWith("2023-11-14T22:13:20");
        venue.delete("/api/orders/" + order.get("id").asText(), trader);
    }

    @Test
    void anOrderThatTradesAtOnceCarriesItsFills() throws Exception {
        Trader seller = venue.register();
        Trader buyer = venue.register();
        venue.post("/api/orders", seller, TestClient.order("SELL", "41", "151"));

        JsonNode order =
                venue.post("/api/orders", buyer, TestClient.order("BUY", "41", "151")).body();

        assertThat(order.get("status").asText()).isEqualTo("FILLED");
        assertThat(order.get("average_price").asText()).isEqualTo("151");
        JsonNode fill = order.get("fills").get(0);
        assertThat(fill.get("price").asText()).isEqualTo("151");
        assertThat(fill.get("quantity").asText()).isEqualTo("41");
        assertThat(fill.get("notional").asText()).isEqualTo("6191");
        assertThat(fill.get("liquidity").asText()).isEqualTo("TAKER");
    }

    @Test
    void aliasesNumbersAndAnyCaseAreAccepted() throws Exception {
        Trader trader = venue.register();

        Answer answer =
                venue.post(
                        "/api/orders",
                        trader,
                        """
                        {"symbol":"AAPL","side":"buy","type":"Limit","qty":7,"price":1.50,
                         "iceberg_qty":"3","time_in_force":"day","post_only":true,
                         "self_trade_prevention":"cancel_both","client_order_id":"a-1",
                         "stop_price":null}\
                        """);

        assertThat(answer.status()).isEqualTo(201);
        JsonNode order = answer.body();
        assertThat(order.get("quantity").asText()).isEqualTo("7");
        assertThat(order.get("price").asText()).isEqualTo("1.5");
        assertThat(order.get("display_quantity").asText()).isEqualTo("3");
        assertThat(order.get("time_in_force").asText()).isEqualTo("DAY");
        assertThat(order.get("post_only").asBoolean()).isTrue();
        assertThat(order.get("self_trade_prevention").asText()).isEqualTo("CANCEL_BOTH");
        venue.delete("/api/orders", trader);
    }

    @Test
    void aRepeatedClientOrderIdIsAnsweredWithTheFirstOrder() throws Exception {
        Trader trader = venue.register();
        String body =
                """
                {"symbol":"AAPL","side":"BUY","order_type":"LIMIT","quantity":"3","price":"1",
                 "client_order_id":"again"}\
                """;
        String first = venue.post("/api/orders", trader, body).body().get("id").asText();

        Answer second = venue.post("/api/orders", trader, body);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body().get("id").asText()).isEqualTo(first);
        assertThat(second.header("Outcry-Duplicate")).isEqualTo("true");
        Answer other = venue.post("/api/orders", trader, body.replace("\"3\"", "\"4\""));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("DUPLICATE_CLIENT_ORDER_ID");
        assertThat(other.body().get("errors").get(0).get("field").asText())
                .isEqualTo("client_order_id");
        venue.delete("/api/orders", trader);
    }

    @Test
    void aDryRunPlacesNothing() throws Exception {
        Trader trader = venue.register();

        Answer good = venue.post("/api/orders/test", trader, TestClient.order("BUY", "1", "1"));
        Answer bad = venue.post("/api/orders/test", trader, TestClient.order("BUY", "0", "1"));

        assertThat(good.status()).isEqualTo(200);
        assertThat(good.body().get("accepted").asBoolean()).isTrue();
        assertThat(bad.status()).isEqualTo(422);
        assertThat(venue.get("/api/orders", trader).body().get("orders")).isEmpty();
    }

    @Test
    void anOrderIsFoundByEitherIdAndByNobodyElse() throws Exception {
        Trader trader = venue.register();
        Trader other = venue.register();
        JsonNode placed =
                venue.post(
                                "/api/orders",
                                trader,
                                """
                                {"symbol":"AAPL","side":"BUY","order_type":"LIMIT",
                                 "quantity":"3","price":"1","client_order_id":"find-me"}\
                                """)
                        .body();
        String path = "/api/orders/" + placed.get("id").asText();

        assertThat(venue.get(path, trader).body()).isEqualTo(placed);
        assertThat(venue.get("/api/orders/by-client-id/find-me", trader).body()).isEqualTo(placed);
        for (Answer hidden :
                List.of(
                        venue.get(path, other),
                        venue.delete(path, other),
                        venue.get("/api/orders/by-client-id/find-me", other))) {
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.code()).isEqualTo("UNKNOWN_ORDER");
        }
        assertThat(venue.get(path, trader).body().get("status").asText()).isEqualTo("NEW");
        venue.delete(path, trader);
    }

    @Test
    void anIdThatWasLeftOutIsNotAllOrders() throws Exception {
        Trader trader = venue.register();
        String id =
                venue.post("/api/orders", trader, TestClient.order("BUY", "9", "2"))
                        .body()
                        .get("id")
                        .asText();

        assertThat(venue.delete("/api/orders/", trader).status()).isEqualTo(404);

        assertThat(venue.get("/api/orders/" + id, trader).body().get("status").asText())
                .isEqualTo("NEW");
        venue.delete("/api/orders/" + id, trader);
    }

    @Test
    void aCanceledOrderIsAnsweredAsItWasLeftAndIsClosedThen() throws Exception {
        Trader trader = venue.register();
        String id =
                venue.post("/api/orders", trader, TestClient.order("BUY", "9", "2"))
                        .body()
                        .get("id")
                        .asText();

        Answer canceled = venue.delete("/api/orders/" + id, trader);
        Answer again = venue.delete("/api/orders/" + id, trader);

        assertThat(canceled.status()).isEqualTo(200);
        assertThat(canceled.body().get("status").asText()).isEqualTo("CANCELED");
        assertThat(canceled.body().get("reason").asText()).isEqualTo("USER");
        assertThat(canceled.body().get("remaining_quantity").asText()).isEqualTo("0");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("ORDER_CLOSED");
        assertThat(again.body().get("status").asInt()).isEqualTo(409);
        assertThat(again.body().get("order_status").asText()).isEqualTo("CANCELED");
    }

    @Test
    void allOrdersOfASymbolAreCanceledAtOnce() throws Exception {
        Trader trader = venue.register();
        venue.post("/api/orders", trader, TestClient.order("BUY", "9", "2"));
        venue.post(
                "/api/orders", trader, TestClient.order("BUY", "8", "2").replace("AAPL", "MSFT"));

        JsonNode canceled = venue.delete("/api/orders?symbol=AAPL", trader).body().get("orders");

        assertThat(canceled).hasSize(1);
        assertThat(canceled.get(0).get("symbol").asText()).isEqualTo("AAPL");
        assertThat(venue.get("/api/orders?status=open", trader).body().get("orders")).hasSize(1);
        assertThat(venue.delete("/api/orders", trader).body().get("orders")).hasSize(1);
    }

    @Test
    void aListIsReadPageByPageNewestFirst() throws Exception {
        Trader trader = venue.register();
        List<String> placed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            JsonNode order =
                    venue.post("/api/orders", trader, TestClient.order("BUY", "17", "3")).body();
            placed.add(0, order.get("id").asText());
        }

        List<String> listed = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode body = venue.get("/api/orders?limit=2" + cursor, trader).body();
            body.get("orders").forEach(order -> listed.add(order.get("id").asText()));
            cursor = "&cursor=" + body.get("next_cursor").asText();
        }

        assertThat(listed).isEqualTo(placed);
        venue.delete("/api/orders", trader);
    }

    @Test
    void fillsNameTheirOrderSymbolAndSide() throws Exception {
        Trader seller = venue.register();
        Trader buyer = venue.register();
        venue.post("/api/orders", seller, TestClient.order("SELL", "23", "5.25"));
        String id =
                venue.post("/api/orders", buyer, TestClient.order("BUY", "23", "5.25"))
                        .body()
                        .get("id")
                        .asText();

        JsonNode fills = venue.get("/api/fills", buyer).body().get("fills");

        assertThat(fills).hasSize(1);
        assertThat(fills.get(0).get("order_id").asText()).isEqualTo(id);
        assertThat(fills.get(0).get("symbol").asText()).isEqualTo("AAPL");
        assertThat(fills.get(0).get("side").asText()).isEqualTo("BUY");
        assertThat(fills.get(0).get("price").asText()).isEqualTo("5.25");
        assertThat(venue.get("/api/fills?order_id=" + id, buyer).body().get("fills"))
                .isEqualTo(fills);
        assertThat(venue.get("/api/fills?order_id=" + id, seller).body().get("fills")).isEmpty();
    }
}
