package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.e2e.Client.Answer;
import io.outcry.standalone.process.Supervised;
import io.outcry.stream.LiveBook;
import io.outcry.stream.VenueStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the reference client hears of a whole venue, through replicas that come and go. */
@ExtendWith(SharedVenue.class)
@Timeout(600)
class StreamTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ORDERS = 60;

    private final RunningVenue venue;
    private final Client trader;

    StreamTest(RunningVenue venue) throws Exception {
        this.venue = venue;
        trader = Client.registered(venue.uri());
    }

    private VenueStream open(URI door) {
        return VenueStream.open(
                URI.create("ws" + door.toString().substring(4) + "/ws"), trader::token);
    }

    @Test
    void aBookFollowedThroughAReplicaThatIsKilledIsTheVenues() throws Exception {
        LiveBook book = new LiveBook();
        try (VenueStream stream = open(venue.replica(0))) {
            stream.follow("book:GOOGL", book);
            await().atMost(LIMIT).until(book::known);
            place(0);
            kill(venue.component("api-0"));
            place(ORDERS);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(book.bids()).isEqualTo(venuesBids()));
            assertThat(book.bids()).isNotEmpty();
            assertThat(trader.at(venue.replica(1)).delete("/api/orders").status()).isEqualTo(200);
            await().atMost(LIMIT).until(() -> book.known() && book.bids().isEmpty());
        }
    }

    @Test
    void ownOrdersAndBalancesAreHeardOnceEachWhateverTheReplica() throws Exception {
        Client seller = Client.registered(venue.uri());
        RecordedChannel orders = new RecordedChannel();
        RecordedChannel account = new RecordedChannel();
        try (VenueStream stream = open(venue.replica(0))) {
            stream.follow("orders", orders);
            stream.follow("account", account);
            await().atMost(LIMIT).until(() -> orders.snapshots() > 0 && account.snapshots() > 0);
            Client other = trader.at(venue.replica(1));
            seller.post("/api/orders", order("SELL", "MSFT", "1", "301"));
            Answer bought = other.post("/api/orders", order("BUY", "MSFT", "1", "301"));
            Answer resting = other.post("/api/orders", order("BUY", "MSFT", "1", "2"));
            other.delete("/api/orders/" + resting.text("id"));

            await().atMost(LIMIT)
                    .untilAsserted(
                            () ->
                                    assertThat(orders.events())
                                            .containsSubsequence("TRADED", "ACCEPTED", "CANCELED"));
            await().atMost(LIMIT).until(() -> !account.updates().isEmpty());
            JsonNode booked = account.updates().get(0).path("change");
            assertThat(new BigDecimal(booked.path("cash").asText())).isEqualByComparingTo("999699");
            assertThat(bought.text("status")).isEqualTo("FILLED");

            int before = orders.updates().size();
            kill(venue.component("redis"));
            Answer meanwhile = other.post("/api/orders", order("BUY", "MSFT", "1", "3"));
            await().atMost(LIMIT).until(() -> orders.knowsOf(meanwhile.text("id"), before));
            other.delete("/api/orders");
        }
    }

    private void place(int from) throws Exception {
        for (int i = from; i < from + ORDERS; i++) {
            String price = 100 + i % 40 + ".00";
            Answer placed =
                    trader.at(venue.replica(1))
                            .post("/api/orders", order("BUY", "GOOGL", "1", price));
            assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        }
    }

    private NavigableMap<BigDecimal, BigDecimal> venuesBids() throws Exception {
        NavigableMap<BigDecimal, BigDecimal> bids = new TreeMap<>();
        JsonNode book = trader.at(venue.replica(1)).get("/api/market/GOOGL/book?depth=50").body();
        for (JsonNode level : book.path("bids")) {
            bids.put(
                    new BigDecimal(level.path("price").asText()).stripTrailingZeros(),
                    new BigDecimal(level.path("quantity").asText()));
        }
        return bids;
    }

    private static void kill(Supervised component) {
        long pid = component.pid().orElseThrow();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await().atMost(LIMIT)
                .until(() -> component.isReady() && component.pid().orElse(pid) != pid);
    }

    private static String order(String side, String symbol, String quantity, String price) {
        return """
        {"symbol":"%s","side":"%s","order_type":"LIMIT","quantity":"%s","price":"%s"}"""
                .formatted(symbol, side, quantity, price);
    }
}
