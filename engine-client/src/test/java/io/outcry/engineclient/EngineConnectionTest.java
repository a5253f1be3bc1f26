package io.outcry.engineclient;

import static io.outcry.engineclient.Answers.ORDER;
import static io.outcry.engineclient.TestClients.assertRefusedAtOnce;
import static io.outcry.engineclient.TestClients.get;
import static io.outcry.engineclient.TestClients.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.engine.v1.Hello;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connection: how it is lost, found again and closed, and what that makes of commands. */
@Timeout(90)
class EngineConnectionTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT_DEADLINE = Duration.ofMillis(200);

    @AutoClose private final FakeEngine engine = FakeEngine.start();
    @AutoClose private final TestClients clients = new TestClients();

    @Test
    void whatWasSentOnAConnectionThatIsLostIsUnknown() throws Exception {
        engine.answers = Answers::none;
        EngineClient client = clients.connected(engine.settings());
        List<CompletableFuture<Outcome<PlacedOrder>>> futures = place(client, 5);
        await().until(() -> engine.unanswered.size() == 5);

        engine.die();

        for (CompletableFuture<Outcome<PlacedOrder>> future : futures) {
            assertThat(get(future)).isInstanceOf(Outcome.Unknown.class);
        }
    }

    @Test
    void whatWasNotYetWrittenWhenTheConnectionIsLostIsRefused() throws Exception {
        engine.reading = false;
        EngineClient client = clients.connected(engine.settings().withWindow(30_000));
        List<CompletableFuture<Outcome<PlacedOrder>>> futures = place(client, 20_000);

        engine.die();

        List<Outcome<PlacedOrder>> outcomes = new ArrayList<>();
        for (CompletableFuture<Outcome<PlacedOrder>> future : futures) {
            outcomes.add(get(future));
        }
        long unknown = outcomes.stream().filter(Outcome.Unknown.class::isInstance).count();
        long refused = outcomes.stream().filter(Outcome.Refused.class::isInstance).count();
        assertThat(unknown).isPositive();
        assertThat(refused).isGreaterThan(10_000);
        assertThat(unknown + refused).isEqualTo(20_000);
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Unknown.class);
        assertThat(outcomes.get(19_999)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void withoutAnEngineCommandsAreRefusedAtOnce() throws Exception {
        engine.die();
        EngineClient client = clients.start(engine.settings());

        assertThat(client.connected()).isFalse();
        assertThat(client.awaitConnected(Duration.ofMillis(100))).isFalse();
        assertRefusedAtOnce(client.placeOrder(ORDER));
    }

    @Test
    void anEngineThatComesBackIsFoundAgainWithinAFractionOfItsAbsence() throws Exception {
        EngineClient client = clients.connected(engine.settings());
        engine.die();
        await().until(() -> !client.connected());
        assertThat(client.awaitConnected(Duration.ofSeconds(1))).isFalse();

        engine.restart();

        assertThat(client.awaitConnected(Duration.ofSeconds(3))).isTrue();
        assertThat(get(client.placeOrder(ORDER))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aSilentPeerIsTakenForLostWithinTwoSeconds() throws Exception {
        engine.answers = Answers::none;
        EngineClient client =
                clients.connected(engine.settings().withCommandDeadline(Duration.ofHours(1)));
        CompletableFuture<Outcome<PlacedOrder>> future = client.placeOrder(ORDER);
        await().until(() -> engine.unanswered.size() == 1);

        engine.heartbeats = false;
        long start = System.nanoTime();

        assertThat(get(future)).isInstanceOf(Outcome.Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void heartbeatsKeepAnIdleSessionUpAndAreSentToo() throws Exception {
        EngineClient client =
                clients.connected(engine.settings().withSilenceLimit(Duration.ofSeconds(1)));
        int sessions = engine.sessions.get();

        await().atMost(SOON).until(() -> engine.heartbeatsReceived.get() >= 4);

        assertThat(client.connected()).isTrue();
        assertThat(engine.sessions).hasValue(sessions);
    }

    @Test
    void anEngineThatNeverSaysHelloIsTriedAgain() throws Exception {
        engine.hello = Optional.empty();
        engine.heartbeats = false;
        EngineClient client =
                clients.start(engine.settings().withSilenceLimit(Duration.ofMillis(100)));

        await().atMost(SOON).until(() -> engine.sessions.get() >= 3);
        assertThat(client.connected()).isFalse();
        engine.hello = Optional.of(Hello.newBuilder().setWindow(10).build());

        assertThat(client.awaitConnected(SOON)).isTrue();
    }

    @Test
    void aFirstBatchWithoutHelloIsNoSession() throws Exception {
        engine.hello = Optional.empty();
        EngineClient client = clients.start(engine.settings());

        await().atMost(SOON).until(() -> engine.sessions.get() >= 2);

        assertThat(client.connected()).isFalse();
    }

    @Test
    void throughLostConnectionsEveryCommandHasAnOutcomeAndNoPlaceIsLost() throws Exception {
        EngineClient client = clients.connected(engine.settings().withWindow(64));
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Long>> traders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            traders.add(
                    CompletableFuture.supplyAsync(
                            () -> trade(client, stop), task -> new Thread(task).start()));
        }
        for (int kills = 0; kills < 5; kills++) {
            int batches = engine.batches.size();
            await().atMost(SOON).until(() -> engine.batches.size() > batches + 20);
            engine.die();
            engine.restart();
        }
        stop.set(true);
        for (CompletableFuture<Long> trader : traders) {
            assertThat(get(trader)).isPositive();
        }

        assertThat(client.awaitConnected(SOON)).isTrue();
        engine.answers = Answers::none;
        assertThat(place(client, 56)).noneMatch(CompletableFuture::isDone);
        assertRefusedAtOnce(client.placeOrder(ORDER));
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws Exception {
        engine.answers = Answers::none;
        EngineClient client = clients.connected(engine.settings());
        CompletableFuture<Outcome<PlacedOrder>> future = client.placeOrder(ORDER);
        await().until(() -> engine.unanswered.size() == 1);

        Thread closer = new Thread(client::close);
        closer.start();
        await().until(() -> !client.connected());
        assertThat(future).isNotDone();
        engine.answer(engine.unanswered.remove());
        closer.join();

        assertThat(get(future)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void closingEndsInTimeWhateverTheEngineDoes() throws Exception {
        engine.answers = Answers::none;
        EngineClient client =
                clients.connected(engine.settings().withCommandDeadline(SHORT_DEADLINE));
        CompletableFuture<Outcome<PlacedOrder>> future = client.placeOrder(ORDER);
        await().until(() -> engine.unanswered.size() == 1);
        long start = System.nanoTime();

        client.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(get(future)).isInstanceOf(Outcome.Unknown.class);
        assertRefusedAtOnce(client.placeOrder(ORDER));
        client.close();
    }

    @Test
    void closingEndsEveryThread() throws Exception {
        EngineClient client = clients.connected(engine.settings());
        get(client.placeOrder(ORDER));
        EngineClient lost = clients.start(EngineSettings.of("127.0.0.1:1"));
        assertThat(lost.awaitConnected(Duration.ofMillis(200))).isFalse();
        assertThat(EngineThreads.alive()).isNotEmpty();

        client.close();
        lost.close();

        await().atMost(SOON).until(() -> EngineThreads.alive().isEmpty());
    }

    @Test
    void closingFromADependentActionDoesNotWaitForItself() throws Exception {
        EngineClient client = clients.connected(engine.settings());

        get(client.placeOrder(ORDER).thenRun(client::close));

        await().atMost(SOON).until(() -> EngineThreads.alive().isEmpty());
    }

    @Test
    void aTargetThatIsNoNameIsRefused() {
        assertThatThrownBy(() -> EngineClient.start(EngineSettings.of("nowhere:port")))
                .isInstanceOf(IllegalArgumentException.class);
        await().atMost(SOON).until(() -> EngineThreads.alive().isEmpty());
    }

    /** Places orders, many at a time, until told to stop; how many were done. */
    private static long trade(EngineClient client, AtomicBoolean stop) {
        long done = 0;
        while (!stop.get()) {
            for (CompletableFuture<Outcome<PlacedOrder>> future : place(client, 20)) {
                done += future.join() instanceof Outcome.Done ? 1 : 0;
            }
        }
        return done;
    }
}
