package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.e2e.Client.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What one replica acknowledged, the other shows at once: in the list of orders, in the position
 * and in the portfolio. {@code -Doutcry.rounds=10000} makes it as many rounds.
 */
@ExtendWith(SharedVenue.class)
@Timeout(1_800)
class ReadYourWritesTest {
    private static final int ROUNDS = Integer.getInteger("outcry.rounds", 300);
    private static final BigDecimal PRICE = new BigDecimal("10.00");
    private static final int LOTS_TO_SELL = 1_000;

    private final RunningVenue venue;
    private final Client seller;
    private final Client buyer;

    ReadYourWritesTest(RunningVenue venue) throws Exception {
        this.venue = venue;
        seller = Client.registered(venue.uri());
        buyer = Client.registered(venue.uri());
    }

    @Test
    void whatOneReplicaTookTheOtherShowsAtOnce() throws Exception {
        BigDecimal cash = cash(buyer);
        long startedNanos = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            if (round % LOTS_TO_SELL == 0) {
                place(seller, "SELL", LOTS_TO_SELL);
            }
            Client placing = buyer.at(venue.replica(round % 2));
            Client reading = buyer.at(venue.replica((round + 1) % 2));
            String id = place(placing, "BUY", 1).text("id");

            JsonNode newest = reading.get("/api/orders?limit=1").body().path("orders").path(0);
            assertThat(newest.path("id").asText()).as("list, round %d", round).isEqualTo(id);
            assertThat(newest.path("status").asText()).isEqualTo("FILLED");
            assertThat(position(reading)).as("position").isEqualTo(round + 1);
            assertThat(cash(reading))
                    .as("portfolio, round %d", round)
                    .isEqualByComparingTo(
                            cash.subtract(PRICE.multiply(BigDecimal.valueOf(round + 1))));
        }
        assertThat(seller.delete("/api/orders").status()).isEqualTo(200);
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        System.out.printf(
                "%d rounds, each an order and three reads on the other replica, in %d s: all seen%n",
                ROUNDS, took.toSeconds());
    }

    private static Answer place(Client client, String side, int quantity) throws Exception {
        Answer placed =
                client.post(
                        "/api/orders",
                        """
                        {"symbol":"NFLX","side":"%s","order_type":"LIMIT","quantity":"%d","price":"%s"}"""
                                .formatted(side, quantity, PRICE));
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        return placed;
    }

    private static int position(Client client) throws Exception {
        JsonNode positions = client.get("/api/positions").body().path("positions");
        assertThat(positions).hasSize(1);
        return positions.path(0).path("quantity").asInt();
    }

    private static BigDecimal cash(Client client) throws Exception {
        return new BigDecimal(client.get("/api/portfolio/summary").text("cash"));
    }
}
