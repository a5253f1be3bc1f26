package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.outcry.e2e.Client.Answer;
import io.outcry.stream.VenueOrders;
import java.math.BigDecimal;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders on their whole way, by users who registered. */
@ExtendWith(SharedVenue.class)
class OrdersTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningVenue venue;
    private final Client seller;
    private final Client buyer;

    OrdersTest(RunningVenue venue) throws Exception {
        this.venue = venue;
        seller = Client.registered(venue.uri());
        buyer = Client.registered(venue.uri());
    }

    @Test
    void aTradeMovesCashAndPositions() throws Exception {
        Answer resting = seller.post("/api/orders", order("META", "SELL", "10", "321.50"));
        assertThat(resting.status()).as("%s", resting).isEqualTo(201);
        assertThat(resting.text("status")).isEqualTo("NEW");
        Answer taking = buyer.post("/api/orders", order("META", "BUY", "4", "322.00"));
        assertThat(taking.text("status")).isEqualTo("FILLED");
        assertThat(new BigDecimal(taking.text("average_price"))).isEqualByComparingTo("321.50");
        assertThat(taking.body().path("fills")).hasSize(1);

        assertThat(seller.get("/api/orders/" + resting.text("id")).text("remaining_quantity"))
                .isEqualTo("6");
        assertThat(cashOf(buyer)).isEqualByComparingTo("998714.00");
        assertThat(cashOf(seller)).isEqualByComparingTo("1001286.00");
        assertThat(buyer.get("/api/positions").body().findValuesAsText("quantity")).contains("4");
        assertThat(seller.get("/api/positions").body().findValuesAsText("quantity")).contains("-4");

        Answer canceled = seller.delete("/api/orders/" + resting.text("id"));
        assertThat(canceled.status()).as("%s", canceled).isEqualTo(200);
        assertThat(seller.get("/api/orders/" + resting.text("id")).text("status"))
                .isEqualTo("CANCELED");
    }

    @Test
    void anyReplicaShowsAnOrderAsSoonAsItIsAcknowledged() throws Exception {
        for (int i = 0; i < 20; i++) {
            Answer placed =
                    buyer.at(venue.replica(i % 2))
                            .post("/api/orders", order("AMZN", "BUY", "1", "1.00"));
            String path = "/api/orders/" + placed.text("id");
            assertThat(buyer.at(venue.replica((i + 1) % 2)).get(path).text("status"))
                    .isEqualTo("NEW");
            assertThat(
                            buyer.at(venue.replica((i + 1) % 2))
                                    .get("/api/orders?limit=50")
                                    .body()
                                    .findValuesAsText("id"))
                    .contains(placed.text("id"));
        }
    }

    @Test
    void aRepeatedClientOrderIdIsAnsweredWithItsFirstOrder() throws Exception {
        String id = UUID.randomUUID().toString();
        String order =
                order("AMZN", "BUY", "1", "1.00")
                        .replace("}", ",\"client_order_id\":\"" + id + "\"}");
        Answer first = buyer.at(venue.replica(0)).post("/api/orders", order);
        Answer again = buyer.at(venue.replica(1)).post("/api/orders", order);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.duplicate()).contains("true");
        assertThat(again.text("id")).isEqualTo(first.text("id"));
        Answer different = buyer.post("/api/orders", order.replace("1.00", "2.00"));
        assertThat(different.status()).isEqualTo(409);
        assertThat(different.code()).isEqualTo("DUPLICATE_CLIENT_ORDER_ID");
        assertThat(buyer.get("/api/orders/by-client-id/" + id).text("id"))
                .isEqualTo(first.text("id"));
    }

    @Test
    void anOrderByWebSocketIsTheSameOrderByHttp() throws Exception {
        try (VenueOrders orders = orders(venue.replica(0))) {
            String id = UUID.randomUUID().toString();
            ObjectNode order = (ObjectNode) JSON.readTree(order("NFLX", "BUY", "1", "1.00"));
            order.put("client_order_id", id);

            VenueOrders.Answer placed = orders.place(order).get(10, TimeUnit.SECONDS);

            assertThat(placed.status()).as("%s", placed).isEqualTo(201);
            JsonNode placedOrder = placed.body().path("order");
            Client elsewhere = buyer.at(venue.replica(1));
            Answer again = elsewhere.post("/api/orders", order.toString());
            assertThat(again.duplicate()).contains("true");
            assertThat(again.body()).isEqualTo(placedOrder);
            assertThat(elsewhere.get("/api/orders/" + placedOrder.path("id").asText()).body())
                    .isEqualTo(placedOrder);
            assertThat(orders.place(order).get(10, TimeUnit.SECONDS).body().path("duplicate"))
                    .isEqualTo(BooleanNode.TRUE);

            VenueOrders.Answer canceled =
                    orders.cancelByClientOrderId(id).get(10, TimeUnit.SECONDS);
            assertThat(canceled.body().at("/order/status").asText()).isEqualTo("CANCELED");
            assertThat(elsewhere.get("/api/orders/by-client-id/" + id).text("status"))
                    .isEqualTo("CANCELED");
        }
    }

    private VenueOrders orders(URI door) {
        return VenueOrders.at(
                URI.create("ws" + door.toString().substring(4) + "/ws"), buyer::token);
    }

    private static BigDecimal cashOf(Client client) throws Exception {
        return new BigDecimal(client.get("/api/portfolio/summary").text("cash"));
    }

    private static String order(String symbol, String side, String quantity, String price) {
        return """
        {"symbol":"%s","side":"%s","order_type":"LIMIT","quantity":"%s","price":"%s"}"""
                .formatted(symbol, side, quantity, price);
    }
}
