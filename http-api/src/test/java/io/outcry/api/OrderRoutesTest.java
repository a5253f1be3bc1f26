package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestVenue.Answer;
import io.outcry.api.TestVenue.Trader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OrderRoutesTest {
    private static TestVenue venue;

    @BeforeAll
    static void start() throws Exception {
        venue = TestVenue.started();
    }

    @AfterAll
    static void stop() {
        venue.close();
    }

    @Test
    void aPlacedOrderIsAnsweredWithAllItsTerms() throws Exception {
        Trader trader = venue.register();

        Answer answer = venue.post("/api/orders", trader, TestVenue.order("BUY", "10", "149.5"));

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
    }
}
