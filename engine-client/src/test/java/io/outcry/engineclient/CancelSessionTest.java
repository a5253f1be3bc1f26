package io.outcry.engineclient;

import static io.outcry.engineclient.Answers.ALICE;
import static io.outcry.engineclient.Answers.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.engine.v1.Command;
import io.outcry.engine.v1.Command.BodyCase;
import io.outcry.engine.v1.Hello;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes by the session for cancels, and what stays behind what. */
@Timeout(90)
class CancelSessionTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AccountId BOB = new AccountId(8);
    private static final OrderId ID = new OrderId(9);
    private static final ClientOrderId NAME = new ClientOrderId("a");

    private FakeEngine engine;
    private EngineClient client;
    private Command order;

    @BeforeEach
    void start() {
        engine = FakeEngine.start();
    }

    @AfterEach
    void stop() {
        client.close();
        engine.close();
    }

    /** Bob cancels by the second session from here on, and his order is by the first. */
    private void connect(EngineSettings settings) throws Exception {
        client = EngineClient.start(settings.withCancelWindow(16));
        assertThat(client.awaitConnected(SOON)).isTrue();
        await().until(
                        () -> {
                            client.placeOrder(ORDER).join();
                            client.cancelOrder(BOB, ID).join();
                            return !engine.together(last(BodyCase.PLACE_ORDER), last());
                        });
        order = last(BodyCase.PLACE_ORDER);
        engine.answers = Answers::none;
    }

    private Command last() {
        var batch = engine.batches.get(engine.batches.size() - 1);
        return batch.getCommands(batch.getCommandsCount() - 1);
    }

    private Command last(BodyCase kind) {
        return engine.batches.stream()
                .flatMap(batch -> batch.getCommandsList().stream())
                .filter(command -> command.getBodyCase() == kind)
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    /** What the engine was sent for it, which it does not answer. */
    private Command sent(Supplier<CompletableFuture<?>> submission) {
        int before = engine.unanswered.size();
        CompletableFuture<?> unused = submission.get();
        await().until(() -> engine.unanswered.size() == before + 1);
        return last();
    }

    private Command place() {
        return sent(() -> client.placeOrder(ORDER));
    }

    private Command cancel(AccountId accountId) {
        return sent(() -> client.cancelOrder(accountId, ID));
    }

    private boolean byFirst(Command command) {
        return engine.together(command, order);
    }

    private void answer(Command command) {
        engine.unanswered.remove(command);
        engine.answer(command);
    }

    @Test
    void cancelsWaitBehindNobodysOrders() throws Exception {
        connect(engine.settings());

        assertThat(byFirst(place())).isTrue();
        assertThat(byFirst(cancel(BOB))).isFalse();
        assertThat(byFirst(sent(() -> client.cancelAll(BOB)))).isFalse();
        assertThat(byFirst(sent(() -> client.orderToCancel(BOB, NAME)))).isFalse();
    }

    @Test
    void nothingOvertakesWhatIsUnansweredForItsAccount() throws Exception {
        connect(engine.settings());
        Command placing = place();

        assertThat(byFirst(sent(() -> client.orderToCancel(ALICE, NAME)))).isTrue();
        Command canceling = cancel(ALICE);
        assertThat(byFirst(canceling)).isTrue();

        answer(placing);
        assertThat(byFirst(cancel(ALICE))).isTrue();
    }

    @Test
    void aCancelOfAnOrderThatWasAnsweredGoesByItself() throws Exception {
        connect(engine.settings());
        CompletableFuture<?> placed = client.placeOrder(ORDER);
        await().until(() -> engine.unanswered.size() == 1);

        answer(engine.unanswered.element());
        placed.get(20, TimeUnit.SECONDS);

        assertThat(byFirst(cancel(ALICE))).isFalse();
    }

    @Test
    void whatFollowsACancelStaysBehindIt() throws Exception {
        connect(engine.settings());
        Command canceling = cancel(ALICE);
        Command following = place();

        assertThat(byFirst(following)).isFalse();
        answer(canceling);
        assertThat(byFirst(place())).isFalse();
        engine.unanswered.forEach(engine::answer);
        engine.unanswered.clear();
        await().until(() -> byFirst(place()));
    }

    @Test
    void aReadShowsWhatIsUnansweredAndHoldsNothingUp() throws Exception {
        connect(engine.settings());
        Command canceling = cancel(ALICE);

        assertThat(byFirst(sent(() -> client.account(ALICE)))).isFalse();
        assertThat(byFirst(sent(() -> client.order(ALICE, NAME)))).isFalse();
        assertThat(byFirst(sent(() -> client.account(BOB)))).isTrue();
        answer(canceling);
        await().until(() -> byFirst(place()));
    }

    @Test
    void aPlacingWhoseOutcomeIsUnknownIsNotOvertaken() throws Exception {
        connect(engine.settings().withCommandDeadline(Duration.ofMillis(500)));
        CompletableFuture<?> placed = client.placeOrder(ORDER);
        assertThat(placed.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unknown.class);

        assertThat(byFirst(cancel(ALICE))).isTrue();
    }

    @Test
    void whatWasRefusedHoldsNothingUp() throws Exception {
        connect(engine.settings().withWindow(1));
        place();
        CompletableFuture<Outcome<Order>> refused = client.order(BOB, ID);
        assertThat(refused.getNow(null)).isInstanceOf(Outcome.Refused.class);
        assertThat(client.suspendAccount(BOB).getNow(null)).isInstanceOf(Outcome.Refused.class);

        assertThat(byFirst(cancel(BOB))).isFalse();
    }

    @Test
    void whileTheirSessionIsLostCancelsGoWithTheOrders() throws Exception {
        connect(engine.settings());
        CompletableFuture<?> lost = client.cancelOrder(BOB, ID);
        await().until(() -> engine.unanswered.size() == 1);
        Command canceling = engine.unanswered.remove();
        engine.hello = Optional.empty();

        engine.end(canceling);

        assertThat(lost.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unknown.class);
        assertThat(client.connected()).isTrue();
        assertThat(byFirst(cancel(BOB))).isTrue();

        engine.unanswered.forEach(engine::answer);
        engine.unanswered.clear();
        engine.hello = Optional.of(Hello.newBuilder().setWindow(16).build());
        await().atMost(SOON)
                .until(
                        () -> {
                            Command again = cancel(BOB);
                            answer(again);
                            return !byFirst(again);
                        });
    }

    /** What was sent by it may still come to the engine, behind a cancel of just that. */
    @Test
    void whileTheSessionForOrdersIsLostCancelsAreRefused() throws Exception {
        connect(engine.settings());
        Command placing = place();
        engine.hello = Optional.empty();

        engine.end(placing);

        await().until(() -> !client.connected());
        assertThat(client.cancelOrder(BOB, ID).getNow(null)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void closingWaitsForCancelsToo() throws Exception {
        connect(engine.settings());
        CompletableFuture<?> canceled = client.cancelOrder(BOB, ID);
        await().until(() -> engine.unanswered.size() == 1);

        Thread closer = new Thread(client::close);
        closer.start();
        await().until(() -> !client.connected());
        assertThat(canceled).isNotDone();
        answer(engine.unanswered.element());
        closer.join();

        assertThat(canceled.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
        await().atMost(SOON).until(() -> EngineThreads.alive().isEmpty());
    }
}
