package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Orders replaced, and placed by the hundred. */
class OrderChangeTest {
    @AutoClose private static final TestVenue venue = TestVenue.started();

    private static String placed(Trader trader) throws Exception {
        return venue.post("/api/orders", trader, TestClient.order("BUY", "10", "1.5"))
                .body()
                .get("id")
                .asText();
    }

    @Test
    void aReplacedOrderHasItsNewTermsAndKeepsTheOthers() throws Exception {
        Trader trader = venue.register();
        String id = placed(trader);

        Answer dearer = venue.patch("/api/orders/" + id, trader, "{\"price\":\"1.75\"}");
        Answer smaller = venue.patch("/api/orders/" + id, trader, "{\"qty\":7}");

        assertThat(dearer.status()).isEqualTo(200);
        assertThat(dearer.body().get("price").asText()).isEqualTo("1.75");
        assertThat(dearer.body().get("quantity").asText()).isEqualTo("10");
        assertThat(smaller.body().get("price").asText()).isEqualTo("1.75");
        assertThat(smaller.body().get("quantity").asText()).isEqualTo("7");
        assertThat(smaller.body().get("fills")).isEmpty();
    }

    @Test
    void aReplacementWithoutTermsOrWithWrongOnesChangesNothing() throws Exception {
        Trader trader = venue.register();
        String path = "/api/orders/" + placed(trader);

        assertThat(venue.patch(path, trader, "{}").code()).isEqualTo("INVALID_FIELD");
        assertThat(venue.patch(path, trader, "{\"side\":\"SELL\"}").code())
                .isEqualTo("INVALID_FIELD");
        assertThat(venue.patch(path, trader, "{\"price\":\"0\"}").code())
                .isEqualTo("INVALID_PRICE");
        assertThat(venue.patch(path, trader, "{\"quantity\":\"0.5\"}").code())
                .isEqualTo("INVALID_QUANTITY");
        assertThat(venue.get(path, trader).body().get("price").asText()).isEqualTo("1.5");
    }

    @Test
    void anOrderThatHasEndedOrIsAnothersCannotBeReplaced() throws Exception {
        Trader trader = venue.register();
        String path = "/api/orders/" + placed(trader);

        Answer others = venue.patch(path, venue.register(), "{\"price\":\"1\"}");
        venue.delete(path, trader);
        Answer ended = venue.patch(path, trader, "{\"price\":\"1\"}");

        assertThat(others.status()).isEqualTo(404);
        assertThat(others.code()).isEqualTo("UNKNOWN_ORDER");
        assertThat(ended.status()).isEqualTo(409);
        assertThat(ended.body().get("order_status").asText()).isEqualTo("CANCELED");
    }

    @Test
    void aBatchHasAResultForEachOrderInTheirOrder() throws Exception {
        Trader trader = venue.register();
        String good = TestClient.order("BUY", "3", "1.25");
        String body =
                "{\"orders\":[%s,%s,%s,{\"symbol\":7}]}"
                        .formatted(good, good.replace("\"3\"", "\"0\""), good);

        Answer answer = venue.post("/api/orders/batch", trader, body);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode results = answer.body().get("results");
        assertThat(results.findValuesAsText("status").stream().limit(1)).containsExactly("201");
        assertThat(statuses(results)).isEqualTo("201 422 201 400");
        assertThat(results.get(1).get("problem").get("code").asText())
                .isEqualTo("INVALID_QUANTITY");
        assertThat(results.get(3).get("problem").get("errors").size()).isGreaterThan(1);
        long first = results.get(0).get("order").get("id").asLong();
        assertThat(results.get(2).get("order").get("id").asLong()).isGreaterThan(first);
    }

    private static String statuses(JsonNode results) {
        return IntStream.range(0, results.size())
                .mapToObj(i -> results.get(i).get("status").asText())
                .collect(Collectors.joining(" "));
    }

    @Test
    void aBatchTakesAHundredOrdersAndNoMore() throws Exception {
        Trader trader = venue.register();
        String order =
                """
                {"symbol":"AAPL","side":"BUY","order_type":"LIMIT","quantity":"3","price":"1.25",
                 "time_in_force":"GTC","self_trade_prevention":"CANCEL_NEWEST",
                 "client_order_id":"a-client-order-id-of-some-length-%02d"}""";
        String hundred =
                IntStream.range(0, 100).mapToObj(order::formatted).collect(Collectors.joining(","));

        Answer full = venue.post("/api/orders/batch", trader, "{\"orders\":[" + hundred + "]}");
        Answer more =
                venue.post(
                        "/api/orders/batch",
                        trader,
                        "{\"orders\":[" + hundred + "," + hundred + "]}");

        assertThat(full.body().get("results")).hasSize(100);
        assertThat(statuses(full.body().get("results"))).doesNotContain("4", "5");
        assertThat(more.code()).isEqualTo("INVALID_FIELD");
        assertThat(
                        venue.post("/api/orders/batch", trader, "{\"orders\":[]}")
                                .body()
                                .get("detail")
                                .asText())
                .contains("1 to 100");
    }

    @Test
    void aBatchThatIsNotOneArrayOfObjectsIsRefusedWhole() throws Exception {
        Trader trader = venue.register();
        String order = TestClient.order("BUY", "3", "1.25");

        for (String body :
                new String[] {
                    "[]",
                    "{}",
                    "{\"orders\":7}",
                    "{\"orders\":[7]}",
                    "{\"orders\":[" + order + "],\"more\":1}",
                    "{\"orders\":[" + order + "]}x",
                    "{\"orders\":[" + order + ","
                }) {
            Answer answer = venue.post("/api/orders/batch", trader, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
        }
        assertThat(venue.get("/api/orders", trader).body().get("orders")).isEmpty();
    }

    @Test
    void aBatchWithAnUnknownOutcomeSaysSoForEachOrder() throws Exception {
        Trader trader = venue.register();
        venue.engine.mode = FakeEngine.Mode.UNKNOWN;
        try {
            Answer answer =
                    venue.post(
                            "/api/orders/batch",
                            trader,
                            "{\"orders\":[" + TestClient.order("BUY", "3", "1.25") + "]}");
            assertThat(answer.status()).isEqualTo(200);
            JsonNode result = answer.body().get("results").get(0);
            assertThat(result.get("status").asInt()).isEqualTo(504);
            assertThat(result.get("problem").get("code").asText())
                    .isEqualTo("ORDER_STATUS_UNKNOWN");
        } finally {
            venue.engine.mode = FakeEngine.Mode.NORMAL;
        }
    }
}
