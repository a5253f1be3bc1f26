package io.outcry.engineclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.EventListener;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import io.outcry.engine.v1.AccountSuspended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The README's examples, run; the README shows them as they stand here. */
@Timeout(90)
class ReadmeExampleTest {
    private static final Path SOURCE =
            Path.of("src/test/java/io/outcry/engineclient/ReadmeExampleTest.java");
    private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    private final FakeEngine fake = FakeEngine.start();
    private final String target = fake.settings().target();

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void anOrderIsPlaced() throws Exception {
        String said;
        try (EngineClient engine = EngineClient.start(EngineSettings.of(target))) {
            engine.awaitConnected(Duration.ofSeconds(5));
            OrderTerms terms =
                    new OrderTerms(
                            new AccountId(7),
                            new Symbol("AAPL"),
                            Side.BUY,
                            OrderType.LIMIT,
                            TimeInForce.GTC,
                            100,
                            15_000,
                            0,
                            0,
                            0,
                            0,
                            false,
                            SelfTradePrevention.CANCEL_NEWEST,
                            new ClientOrderId("my-1"));
            Outcome<PlacedOrder> outcome = engine.placeOrder(terms).join();
            if (outcome instanceof Outcome.Done<PlacedOrder> done) {
                said =
                        "order "
                                + done.value().order().id()
                                + ", on disk as event "
                                + done.sequence();
            } else if (outcome instanceof Outcome.Rejected<PlacedOrder> rejected) {
                said = rejected.code() + ": " + rejected.message();
            } else if (outcome instanceof Outcome.Refused<PlacedOrder> refused) {
                said = "it did not happen, try again in " + refused.retryAfter();
            } else {
                said = "nobody can tell: send it again under the same client order id";
            }
        }
        assertThat(said).startsWith("order ").endsWith("on disk as event 41");
    }

    @Test
    void eventsAreFollowed() {
        fake.append(
                io.outcry.engine.v1.Event.newBuilder()
                        .setSequence(1)
                        .setAccountSuspended(AccountSuspended.newBuilder().setAccountId(7))
                        .build());
        ConcurrentLinkedQueue<Event> seen = new ConcurrentLinkedQueue<>();
        EventListener listener =
                new EventListener() {
                    @Override
                    public void onEvents(List<Event> events, long durableSequence) {
                        seen.addAll(events);
                    }

                    @Override
                    public void onFailed(FeedFailure failure) {
                        throw new IllegalStateException(failure.message());
                    }
                };
        try (EngineFeed feed = EngineFeed.of(EngineSettings.of(target))) {
            feed.subscribe(0, listener);
            await().until(() -> seen.size() == 1);
        }
    }

    @Test
    void theReadmeShowsTheseExamples() throws IOException {
        String source = Files.readString(SOURCE).replaceAll("\\s+", " ");
        String readme = Files.readString(Path.of("README.md"));
        List<String> examples =
                JAVA_BLOCK.matcher(readme).results().map(block -> block.group(1)).toList();

        assertThat(examples).hasSize(2);
        for (String example : examples) {
            assertThat(source).contains(example.replaceAll("\\s+", " ").strip());
        }
    }
}
