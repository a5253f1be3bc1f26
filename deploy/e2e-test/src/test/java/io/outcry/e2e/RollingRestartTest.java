package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.e2e.Client.Answer;
import io.outcry.standalone.process.Supervised;
import io.outcry.stream.VenueStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Replicas that are restarted one after the other cost nobody anything. */
@ExtendWith(SharedVenue.class)
@Timeout(300)
class RollingRestartTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long SETTLED_MS = 3_000;

    private final RunningVenue venue;

    RollingRestartTest(RunningVenue venue) {
        this.venue = venue;
    }

    @Test
    void noOrderFailsAndNoEventIsMissed() throws Exception {
        Client trader = Client.registered(venue.uri());
        RecordedChannel orders = new RecordedChannel();
        URI socket = URI.create("ws" + venue.uri().toString().substring(4) + "/ws");
        AtomicBoolean done = new AtomicBoolean();
        try (VenueStream stream = VenueStream.open(socket, trader::token)) {
            stream.follow("orders", orders);
            await().atMost(LIMIT).until(() -> orders.snapshots() == 1);
            CompletableFuture<List<Answer>> placed =
                    CompletableFuture.supplyAsync(() -> place(trader, done));
            for (String replica : List.of("api-0", "api-1")) {
                restart(venue.component(replica));
            }
            done.set(true);
            List<Answer> answers = placed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

            assertThat(answers).isNotEmpty().allMatch(answer -> answer.status() == 201);
            await().atMost(LIMIT)
                    .untilAsserted(
                            () ->
                                    assertThat(accepted(orders))
                                            .containsExactlyElementsOf(
                                                    answers.stream()
                                                            .map(answer -> answer.text("id"))
                                                            .toList()));
            assertThat(orders.snapshots()).as("none but the first").isEqualTo(1);
        } finally {
            done.set(true);
            trader.delete("/api/orders");
        }
    }

    /** One after the other, and none of them twice. */
    private static List<Answer> place(Client trader, AtomicBoolean done) {
        List<Answer> answers = new CopyOnWriteArrayList<>();
        try {
            while (!done.get()) {
                answers.add(
                        trader.post(
                                "/api/orders",
                                """
                                {"symbol":"NVDA","side":"BUY","order_type":"LIMIT",
                                "quantity":"1","price":"1"}"""));
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return answers;
        } catch (Exception e) {
            throw new AssertionError("after " + answers.size() + " orders one failed", e);
        }
    }

    private static void restart(Supervised replica) throws InterruptedException {
        long pid = replica.pid().orElseThrow();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        await().atMost(LIMIT).until(() -> replica.isReady() && replica.pid().orElse(pid) != pid);
        TimeUnit.MILLISECONDS.sleep(SETTLED_MS);
    }

    private static List<String> accepted(RecordedChannel orders) {
        return orders.updates().stream()
                .map(update -> update.path("order"))
                .filter(order -> order.path("event").asText().equals("ACCEPTED"))
                .map(RollingRestartTest::id)
                .toList();
    }

    private static String id(JsonNode order) {
        return order.at("/order/id").asText();
    }
}
