package io.outcry.engineclient;

import static io.outcry.engineclient.Answers.ALICE;
import static io.outcry.engineclient.Answers.ORDER;
import static io.outcry.engineclient.TestClients.assertRefusedAtOnce;
import static io.outcry.engineclient.TestClients.get;
import static io.outcry.engineclient.TestClients.place;
import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands, and what becomes of them. */
@Timeout(90)
class EngineClientTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT_DEADLINE = Duration.ofMillis(200);

    @AutoClose private final FakeEngine engine = FakeEngine.start();
    @AutoClose private final TestClients clients = new TestClients();

    @Test
    void aPlacedOrderComesBackAsTheEngineLeftIt() throws Exception {
        EngineClient client = clients.connected(engine.settings());

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
        EngineClient client = clients.connected(engine.settings().withTraceId(() -> sentFor[0]));
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
        EngineClient client = clients.connected(engine.settings());

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
        EngineClient client = clients.connected(engine.settings());
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
        EngineClient client = clients.connected(engine.settings());
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
                clients.connected(
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
                clients.connected(
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
        EngineClient client = clients.connected(engine.settings().withWindow(4));
        place(client, 4);

        assertRefusedAtOnce(client.placeOrder(ORDER));
    }

    @Test
    void aCommandBeyondTheEnginesWindowIsRefusedAtOnce() throws Exception {
        engine.answers = Answers::none;
        engine.hello = Optional.of(Hello.newBuilder().setWindow(3).build());
        EngineClient client = clients.connected(engine.settings());
        place(client, 3);

        assertRefusedAtOnce(client.placeOrder(ORDER));
    }

    @Test
    void anAnswerMakesRoomInTheWindow() throws Exception {
        engine.answers = Answers::none;
        EngineClient client = clients.connected(engine.settings().withWindow(1));
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
        EngineClient client = clients.connected(engine.settings().withWindow(16));
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
        EngineClient client =
                clients.connected(engine.settings().withCommandDeadline(SHORT_DEADLINE));
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
                clients.connected(
                        engine.settings().withWindow(1).withCommandDeadline(SHORT_DEADLINE));
        get(client.placeOrder(ORDER));

        assertRefusedAtOnce(client.placeOrder(ORDER));

        engine.answer(engine.unanswered.remove());
        engine.answers = Answers::done;
        await().until(() -> get(client.placeOrder(ORDER)) instanceof Outcome.Done);
    }

    @Test
    void commandsThatAnEngineDoesNotTakeInTimeAreRefused() throws Exception {
        engine.reading = false;
        EngineClient client =
                clients.connected(
                        engine.settings().withWindow(30_000).withCommandDeadline(SHORT_DEADLINE));
        List<CompletableFuture<Outcome<PlacedOrder>>> futures = place(client, 20_000);

        assertThat(get(futures.get(0))).isInstanceOf(Outcome.Unknown.class);
        assertThat(get(futures.get(19_999))).isInstanceOf(Outcome.Refused.class);
        assertThat(client.connected()).isTrue();
    }

    @Test
    void aRejectionSaysWhatWasWrong() throws Exception {
        engine.answers =
                command ->
                        Answers.rejected(command, RejectCode.INVALID_PRICE, "price: off the tick");
        EngineClient client = clients.connected(engine.settings());

        assertThat(get(client.placeOrder(ORDER)))
                .isEqualTo(
                        new Outcome.Rejected<PlacedOrder>(
                                io.outcry.domain.order.RejectCode.INVALID_PRICE,
                                "price: off the tick"));
    }

    @Test
    void anOverloadedOrStoppingEngineRefusesAndSaysWhenToTryAgain() throws Exception {
        EngineClient client = clients.connected(engine.settings());
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
        EngineClient client = clients.connected(engine.settings());
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
        EngineClient client = clients.connected(engine.settings().withWindow(1));
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
}
