package io.outcry.engineclient;

import static io.outcry.engineclient.Answers.ALICE;
import static io.outcry.engineclient.Answers.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.engine.v1.Command;
import io.outcry.engine.v1.Done;
import io.outcry.engine.v1.Hello;
import io.outcry.engine.v1.OrderResult;
import io.outcry.engine.v1.RejectCode;
import io.outcry.engine.v1.ResultBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class EngineClientTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT_DEADLINE = Duration.ofMillis(200);

    private final List<EngineClient> clients = new ArrayList<>();
    private FakeEngine engine;

    @BeforeEach
    void startEngine() {
        engine = FakeEngine.start();
    }

    @AfterEach
    void stop() {
        clients.forEach(EngineClient::close);
        engine.close();
    }

    @Test
    void aPlacedOrderComesBackAsTheEngineLeftIt() throws Exception {
        EngineClient client = connected(engine.settings());

        Outcome<PlacedOrder> outcome = get(client.placeOrder(ORDER));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> {
                            assertThat(done.sequence()).isEqualTo(41);
                            PlacedOrder placed = (PlacedOrder) done.value();
                            assertThat(placed.order().terms()).isEqualTo(ORDER);
                            assertThat(placed.order().status()).isEqualTo(OrderStatus.NEW);
                            assertThat(placed.order().cancelReason()).isNull();
                        });
    }

    @Test
    void aCommandNamesWhatItIsSentForInBoundsWhenThatIsKnown() throws Exception {
        String[] sentFor = {""};
        EngineClient client = connected(engine.settings().withTraceId(() -> sentFor[0]));
        for (String traceId : List.of("", "web-17", "x".repeat(100))) {
            sentFor[0] = traceId;
            get(client.placeOrder(ORDER));
            get(client.cancelOrder(ALICE, new OrderId(9)));
        }

        assertThat(engine.batches)
                .flatExtracting(batch -> batch.getCommandsList())
                .extracting(Command::getTraceId)
                .containsExactly("", "", "web-17", "web-17", "x".repeat(64), "x".repeat(64));
    }

    @Test
    void aCanceledOrderSaysWhy() throws Exception {
        EngineClient client = connected(engine.settings());

        assertThat(get(client.cancelOrder(ALICE, new OrderId(9))))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done ->
                                assertThat(done.value())
                                        .hasFieldOrPropertyWithValue(
                                                "cancelReason", CancelReason.USER));
    }

    @Test
    void answersInAnyOrderReachTheirCommands() throws Exception {
        engine.answers = Answers::none;
        EngineClient client = connected(engine.settings());
        List<CompletableFuture<Outcome<PlacedOrder>>> futures = place(client, 20);
        await().until(() -> engine.unanswered.size() == 20);

        List<Command> commands = new ArrayList<>(engine.unanswered);
        Collections.reverse(commands);
        commands.forEach(engine::answer);

        for (int i = 0; i < 20; i++) {
            Command command = commands.get(19 - i);
            assertThat(get(futures.get(i)))
                    .isInstanceOfSatisfying(
                            Outcome.Done.class,
                            done ->
                                    assertThat(((PlacedOrder) done.value()).order().id().value())
                                            .isEqualTo(command.getRequestId()));
        }
    }

    @Test
    void whatGathersWhileTheLoopIsBusyGoesOutAsOneBatch() throws Exception {
        EngineClient client = connected(engine.settings());
        // Answered once the loop is certain to be who places the others.
        engine.answers = Answers::none;
        CompletableFuture<List<CompletableFuture<Outcome<PlacedOrder>>>> burst =
                client.placeOrder(ORDER).thenApply(first -> place(client, 100));
        await().until(() -> !engine.unanswered.isEmpty());
        engine.answers = Answers::done;
        engine.answer(engine.unanswered.remove());

        for (CompletableFuture<Outcome<PlacedOrder>> future : get(burst)) {
            assertThat(get(future)).isInstanceOf(Outcome.Done.class);
        }

        assertThat(engine.batches)
                .extracting(batch -> batch.getCommandsCount())
                .containsExactly(1, 100);
    }

    @Test
    void whatComesWithinTheSendIntervalGoesOutAsOneBatch() throws Exception {
        engine.answers = Answers::none;
        EngineClient client =
                connected(
                        engine.settings()
                                .withCommandDeadline(Duration.ofSeconds(60))
                                .withSendInterval(Duration.ofSeconds(2)));
        place(client, 1);
        await().until(() -> engine.unanswered.size() == 1);

        place(client, 5);
        place(client, 5);
        await().atMost(SOON).until(() -> engine.unanswered.size() == 11);

        assertThat(engine.batches)
                .extracting(batch -> batch.getCommandsCount())
                .filteredOn(commands -> commands > 0)
                .containsExactly(1, 10);
        // Closing waits for them, up to their deadline.
        engine.unanswered.forEach(engine::answer);
    }

    @Test
    void aCommandThatFindsNoOtherUnderWayGoesAtOnce() throws Exception {
        EngineClient client =
                connected(
                        engine.settings()
                                .withCommandDeadline(Duration.ofMinutes(2))
                                .withSendInterval(Duration.ofMinutes(1)));

        for (int i = 0; i < 3; i++) {
            assertThat(get(client.placeOrder(ORDER))).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void aCommandBeyondOurWindowIsRefusedAtOnce() throws Exception {
        engine.answers = Answers::none;
        EngineClient client = connected(engine.settings().withWindow(4));
        place(client, 4);

        assertRefusedAtOnce(client.placeOrder(ORDER));
    }

    @Test
    void aCommandBeyondTheEnginesWindowIsRefusedAtOnce() throws Exception {
        engine.answers = Answers::none;
        engine.hello = Optional.of(Hello.newBuilder().setWindow(3).build());
        EngineClient client = connected(engine.settings());
        place(client, 3);

        assertRefusedAtOnce(client.placeOrder(ORDER));
    }

    @Test
    void anAnswerMakesRoomInTheWindow() throws Exception {
        engine.answers = Answers::none;
        EngineClient client = connected(engine.settings().withWindow(1));
        CompletableFuture<Outcome<PlacedOrder>> first = client.placeOrder(ORDER);
        await().until(() -> engine.unanswered.size() == 1);

        engine.answer(engine.unanswered.remove());
        get(first);
        engine.answers = Answers::done;

        assertThat(get(client.placeOrder(ORDER))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void cancelsFindRoomWhenOrdersHaveFilledTheWindow() throws Exception {
        engine.answers = Answers::none;
        EngineClient client = connected(engine.settings().withWindow(16));
        place(client, 14);
        assertRefusedAtOnce(client.placeOrder(ORDER));
        assertRefusedAtOnce(client.order(ALICE, new ClientOrderId("a")));

        assertThat(client.orderToCancel(ALICE, new ClientOrderId("a"))).isNotDone();
        await().until(() -> engine.unanswered.size() == 15);
        engine.answers = Answers::done;

        assertThat(get(client.cancelOrder(ALICE, new OrderId(9)))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void noAnswerWithinTheDeadlineIsUnknownAndALateOneIsHarmless() throws Exception {
        engine.answers = Answers::none;
        EngineClient client = connected(engine.settings().withCommandDeadline(SHORT_DEADLINE));
        long start = System.nanoTime();

        Outcome<PlacedOrder> outcome = get(client.placeOrder(ORDER));

        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(SHORT_DEADLINE, SHORT_DEADLINE.plusSeconds(3));
        engine.answer(engine.unanswered.remove());
        engine.answers = Answers::done;
        assertThat(get(client.placeOrder(ORDER))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anOverdueCommandKeepsItsPlaceInTheWindowUntilItIsAnswered() throws Exception {
        engine.answers = Answers::none;
        EngineClient client =
                connected(engine.settings().withWindow(1).withCommandDeadline(SHORT_DEADLINE));
        get(client.placeOrder(ORDER));

        assertRefusedAtOnce(client.placeOrder(ORDER));

        engine.answer(engine.unanswered.remove());
        engine.answers = Answers::done;
        await().until(() -> get(client.placeOrder(ORDER)) instanceof Outcome.Done);
    }

    @Test
    void whatWasSentOnAConnectionThatIsLostIsUnknown() throws Exception {
        engine.answers = Answers::none;
        EngineClient client = connected(engine.settings());
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
        EngineClient client = connected(engine.settings().withWindow(30_000));
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
    void commandsThatAnEngineDoesNotTakeInTimeAreRefused() throws Exception {
        engine.reading = false;
        EngineClient client =
                connected(engine.settings().withWindow(30_000).withCommandDeadline(SHORT_DEADLINE));
        List<CompletableFuture<Outcome<PlacedOrder>>> futures = place(client, 20_000);

        assertThat(get(futures.get(0))).isInstanceOf(Outcome.Unknown.class);
        assertThat(get(futures.get(19_999))).isInstanceOf(Outcome.Refused.class);
        assertThat(client.connected()).isTrue();
    }

    @Test
    void withoutAnEngineCommandsAreRefusedAtOnce() throws Exception {
        engine.die();
        EngineClient client = start(engine.settings());

        assertThat(client.connected()).isFalse();
        assertThat(client.awaitConnected(Duration.ofMillis(100))).isFalse();
        assertRefusedAtOnce(client.placeOrder(ORDER));
    }

    @Test
    void anEngineThatComesBackIsFoundAgainWithinAFractionOfItsAbsence() throws Exception {
        EngineClient client = connected(engine.settings());
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
        EngineClient client = connected(engine.settings().withCommandDeadline(Duration.ofHours(1)));
        CompletableFuture<Outcome<PlacedOrder>> future = client.placeOrder(ORDER);
        await().until(() -> engine.unanswered.size() == 1);

        engine.heartbeats = false;
        long start = System.nanoTime();

        assertThat(get(future)).isInstanceOf(Outcome.Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void heartbeatsKeepAnIdleSessionUpAndAreSentToo() throws Exception {
        EngineClient client = connected(engine.settings().withSilenceLimit(Duration.ofSeconds(1)));
        int sessions = engine.sessions.get();

        await().atMost(SOON).until(() -> engine.heartbeatsReceived.get() >= 4);

        assertThat(client.connected()).isTrue();
        assertThat(engine.sessions).hasValue(sessions);
    }

    @Test
    void anEngineThatNeverSaysHelloIsTriedAgain() throws Exception {
        engine.hello = Optional.empty();
        engine.heartbeats = false;
        EngineClient client = start(engine.settings().withSilenceLimit(Duration.ofMillis(100)));

        await().atMost(SOON).until(() -> engine.sessions.get() >= 3);
        assertThat(client.connected()).isFalse();
        engine.hello = Optional.of(Hello.newBuilder().setWindow(10).build());

        assertThat(client.awaitConnected(SOON)).isTrue();
    }

    @Test
    void aFirstBatchWithoutHelloIsNoSession() throws Exception {
        engine.hello = Optional.empty();
        EngineClient client = start(engine.settings());

        await().atMost(SOON).until(() -> engine.sessions.get() >= 2);

        assertThat(client.connected()).isFalse();
    }

    @Test
    void aRejectionSaysWhatWasWrong() throws Exception {
        engine.answers =
                command ->
                        Answers.rejected(command, RejectCode.INVALID_PRICE, "price: off the tick");
        EngineClient client = connected(engine.settings());

        assertThat(get(client.placeOrder(ORDER)))
                .isEqualTo(
                        new Outcome.Rejected<PlacedOrder>(
                                io.outcry.domain.order.RejectCode.INVALID_PRICE,
                                "price: off the tick"));
    }

    @Test
    void anOverloadedOrStoppingEngineRefusesAndSaysWhenToTryAgain() throws Exception {
        EngineClient client = connected(engine.settings());
        for (RejectCode code : List.of(RejectCode.RESOURCE_EXHAUSTED, RejectCode.UNAVAILABLE)) {
            engine.answers = command -> Answers.rejected(command, code, "queue is full");

            assertThat(get(client.placeOrder(ORDER)))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> {
                                assertThat(refused.message()).isEqualTo("queue is full");
                                assertThat(refused.retryAfter()).isPositive();
                            });
        }
    }

    @Test
    void anAnswerThatCannotBeReadIsUnknown() throws Exception {
        EngineClient client = connected(engine.settings());
        engine.answers =
                command ->
                        Optional.of(Answers.to(command).setDone(Done.getDefaultInstance()).build());
        assertThat(get(client.placeOrder(ORDER))).isInstanceOf(Outcome.Unknown.class);

        engine.answers =
                command ->
                        Optional.of(
                                Answers.to(command)
                                        .setOrder(OrderResult.getDefaultInstance())
                                        .build());
        assertThat(get(client.placeOrder(ORDER))).isInstanceOf(Outcome.Unknown.class);

        engine.answers = command -> Optional.of(Answers.to(command).build());
        assertThat(get(client.closeSession())).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void anAnswerThatComesTwiceIsHeardOnce() throws Exception {
        EngineClient client = connected(engine.settings().withWindow(1));
        get(client.placeOrder(ORDER));
        Command first = engine.batches.get(0).getCommands(0);
        engine.answers = Answers::none;
        CompletableFuture<Outcome<PlacedOrder>> second = client.placeOrder(ORDER);
        await().until(() -> engine.unanswered.size() == 1);

        engine.answer(first);
        engine.send(ResultBatch.getDefaultInstance());
        engine.answer(engine.unanswered.remove());

        assertThat(get(second))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done ->
                                assertThat(((PlacedOrder) done.value()).order().id().value())
                                        .isNotEqualTo(first.getRequestId()));
    }

    @Test
    void throughLostConnectionsEveryCommandHasAnOutcomeAndNoPlaceIsLost() throws Exception {
        EngineClient client = connected(engine.settings().withWindow(64));
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
        EngineClient client = connected(engine.settings());
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
        EngineClient client = connected(engine.settings().withCommandDeadline(SHORT_DEADLINE));
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
        EngineClient client = connected(engine.settings());
        get(client.placeOrder(ORDER));
        EngineClient lost = start(EngineSettings.of("127.0.0.1:1"));
        assertThat(lost.awaitConnected(Duration.ofMillis(200))).isFalse();
        assertThat(EngineThreads.alive()).isNotEmpty();

        client.close();
        lost.close();

        await().atMost(SOON).until(() -> EngineThreads.alive().isEmpty());
    }

    @Test
    void closingFromADependentActionDoesNotWaitForItself() throws Exception {
        EngineClient client = connected(engine.settings());

        get(client.placeOrder(ORDER).thenRun(client::close));

        await().atMost(SOON).until(() -> EngineThreads.alive().isEmpty());
    }

    @Test
    void aTargetThatIsNoNameIsRefused() {
        assertThatThrownBy(() -> EngineClient.start(EngineSettings.of("nowhere:port")))
                .isInstanceOf(IllegalArgumentException.class);
        await().atMost(SOON).until(() -> EngineThreads.alive().isEmpty());
    }

    private EngineClient start(EngineSettings settings) {
        EngineClient client = EngineClient.start(settings);
        clients.add(client);
        return client;
    }

    private EngineClient connected(EngineSettings settings) throws InterruptedException {
        EngineClient client = start(settings);
        assertThat(client.awaitConnected(SOON)).isTrue();
        return client;
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

    private static List<CompletableFuture<Outcome<PlacedOrder>>> place(
            EngineClient client, int count) {
        return Stream.generate(() -> client.placeOrder(ORDER)).limit(count).toList();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static <T> void assertRefusedAtOnce(CompletableFuture<Outcome<T>> future) {
        assertThat(future)
                .isCompletedWithValueMatching(outcome -> outcome instanceof Outcome.Refused);
    }
}
