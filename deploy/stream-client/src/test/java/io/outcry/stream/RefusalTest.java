package io.outcry.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a venue refuses, or does not answer, is asked for again. */
class RefusalTest {
    private static final long PATIENCE_SECONDS = 30;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger tokensAsked = new AtomicInteger();
    private final BlockingQueue<JsonNode> snapshots = new LinkedBlockingQueue<>();

    private final ChannelListener listener =
            new ChannelListener() {
                @Override
                public void onSnapshot(JsonNode message) {
                    snapshots.add(message);
                }

                @Override
                public void onUpdate(JsonNode message) {}
            };

    private static String error(JsonNode request) {
        return "{\"type\":\"error\",\"id\":\"%s\",\"status\":503,\"code\":\"OVERLOADED\"}"
                .formatted(request.path("id").asText());
    }

    private static String taken(JsonNode request) {
        return "{\"type\":\"authenticated\",\"id\":\"" + request.path("id").asText() + "\"}";
    }

    /** Refuses the operation at first. */
    private List<String> answer(String refusedOnce, JsonNode request) {
        String op = request.path("op").asText();
        if (op.equals(refusedOnce) && asked.getAndIncrement() == 0) {
            return List.of(error(request));
        }
        return op.equals("subscribe")
                ? List.of("{\"channel\":\"orders\",\"type\":\"snapshot\",\"sequence\":5}")
                : List.of(taken(request));
    }

    private void followDespite(String refusedOnce) throws Exception {
        try (FakeVenue venue = new FakeVenue(request -> answer(refusedOnce, request));
                VenueStream stream = VenueStream.open(venue.uri(), () -> "t")) {
            stream.follow("orders", listener);
            assertThat(snapshots.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void aChannelThatIsRefusedForNowIsSubscribedToAgain() throws Exception {
        followDespite("subscribe");
        assertThat(asked).hasValue(2);
    }

    @Test
    void whoIsNotTakenInConnectsAnew() throws Exception {
        followDespite("authenticate");
        assertThat(asked).hasValueGreaterThan(1);
    }

    /** None at first. */
    private String token() {
        if (tokensAsked.getAndIncrement() == 0) {
            throw new IllegalStateException("the sign-in failed");
        }
        return "t";
    }

    @Test
    void whoHasNoTokenToFollowByAsksForOneAgain() throws Exception {
        try (FakeVenue venue = new FakeVenue(request -> answer("", request));
                VenueStream stream = VenueStream.open(venue.uri(), this::token)) {
            stream.follow("orders", listener);
            assertThat(snapshots.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void whoHasNoTokenToOrderByAsksForOneAgain() throws Exception {
        asked.set(1);
        try (FakeVenue venue = new FakeVenue(this::answerOnTheSecond);
                VenueOrders orders = VenueOrders.at(venue.uri(), this::token)) {
            assertThat(orders.cancel("7").get(PATIENCE_SECONDS, TimeUnit.SECONDS).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCancelOnASilentConnectionIsSentByTheNext() throws Exception {
        try (FakeVenue venue = new FakeVenue(this::answerOnTheSecond);
                VenueOrders orders =
                        new VenueOrders(venue.uri(), () -> "t", Duration.ofMillis(500))) {
            assertThat(orders.cancel("7").get(PATIENCE_SECONDS, TimeUnit.SECONDS).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCancelOfAllOnASilentConnectionIsUnknownAndNotSentAgain() throws Exception {
        try (FakeVenue venue = new FakeVenue(this::answerOnTheSecond);
                VenueOrders orders =
                        new VenueOrders(venue.uri(), () -> "t", Duration.ofMillis(500))) {
            assertThat(orders.cancelAll().get(PATIENCE_SECONDS, TimeUnit.SECONDS).status())
                    .isEqualTo(504);
        }
        assertThat(asked).hasValue(1);
    }

    private List<String> answerOnTheSecond(JsonNode request) {
        if (request.path("op").asText().equals("authenticate")) {
            return List.of(taken(request));
        }
        return asked.getAndIncrement() == 0
                ? List.of()
                : List.of(
                        "{\"type\":\"orders\",\"id\":\"%s\",\"status\":200}"
                                .formatted(request.path("id").asText()));
    }
}
