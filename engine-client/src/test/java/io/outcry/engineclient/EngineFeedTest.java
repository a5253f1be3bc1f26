package io.outcry.engineclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.outcry.domain.engine.EventFeed.Subscription;
import io.outcry.domain.engine.EventListener;
import io.outcry.domain.engine.EventListener.FeedFailure.Reason;
import io.outcry.domain.event.Event;
import io.outcry.engine.v1.AccountSuspended;
import io.outcry.engine.v1.CashAdjusted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class EngineFeedTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private FakeEngine engine;
    private EngineFeed feed;

    @BeforeEach
    void start() {
        engine = FakeEngine.start();
        feed = EngineFeed.of(engine.settings());
    }

    @AfterEach
    void stop() {
        feed.close();
        engine.close();
    }

    @Test
    void everyEventAfterTheSequenceComesInOrder() {
        append(1, 100);
        Recorder recorder = new Recorder();

        feed.subscribe(40, recorder);

        await().atMost(SOON).until(() -> recorder.last() == 100);
        append(101, 120);
        await().atMost(SOON).until(() -> recorder.last() == 120);
        assertThat(recorder.sequences()).isEqualTo(range(41, 120));
        assertThat(recorder.durableSequence).isEqualTo(120);
    }

    @Test
    void afterALostConnectionItGoesOnWithoutGapOrRepeat() {
        append(1, 50);
        Recorder recorder = new Recorder();
        feed.subscribe(0, recorder);
        await().atMost(SOON).until(() -> recorder.last() == 50);

        engine.die();
        append(51, 90);
        engine.restart();

        await().atMost(SOON).until(() -> recorder.last() == 90);
        assertThat(recorder.sequences()).isEqualTo(range(1, 90));
        assertThat(engine.subscriptions).containsExactly(0L, 50L);
    }

    @Test
    void itSaysOfWhatTimeTheLastEventWas() {
        append(1, 50);
        Recorder recorder = new Recorder();
        feed.subscribe(40, time(40), recorder);
        await().atMost(SOON).until(() -> recorder.last() == 50);

        engine.die();
        append(51, 90);
        engine.restart();

        await().atMost(SOON).until(() -> recorder.last() == 90);
        assertThat(engine.subscriptionTimes).containsExactly(time(40), time(50));
    }

    @Test
    void aSubscriberThatDoesNotKnowTheTimeSaysItFromItsFirstEventsOn() {
        append(1, 50);
        Recorder recorder = new Recorder();
        feed.subscribe(50, recorder);
        await().atMost(SOON).until(() -> engine.subscriptions.size() == 1);

        engine.failFeeds(Status.UNAVAILABLE);
        await().atMost(SOON).until(() -> engine.subscriptions.size() == 2);
        append(51, 60);
        await().atMost(SOON).until(() -> recorder.last() == 60);
        engine.failFeeds(Status.UNAVAILABLE);

        await().atMost(SOON).until(() -> engine.subscriptions.size() == 3);
        assertThat(engine.subscriptionTimes).containsExactly(0L, 0L, time(60));
    }

    @Test
    void aJournalThatLostItsEndAndGrewBeyondItAgainEndsTheSubscriptionForGood() {
        append(1, 50);
        Recorder recorder = new Recorder();
        feed.subscribe(0, recorder);
        await().atMost(SOON).until(() -> recorder.last() == 50);

        engine.die();
        engine.lose(5);
        append(46, 90, 1);
        engine.restart();

        await().atMost(SOON).until(() -> recorder.failure != null);
        assertThat(recorder.failure.reason()).isEqualTo(Reason.AHEAD_OF_ENGINE);
        assertThat(recorder.failure.message()).contains("rolled back");
        assertThat(recorder.sequences()).isEqualTo(range(1, 50));
        await().atMost(SOON).until(() -> subscriptionThreads().isEmpty());
        assertThat(engine.subscriptions).containsExactly(0L, 50L);
    }

    @Test
    void aReaderCutForSlownessSubscribesAgain() {
        append(1, 50);
        Recorder recorder = new Recorder();
        feed.subscribe(0, recorder);
        await().atMost(SOON).until(() -> recorder.last() == 50);

        engine.failFeeds(Status.RESOURCE_EXHAUSTED);

        await().atMost(SOON).until(() -> engine.subscriptions.size() == 2);
        append(51, 60);
        await().atMost(SOON).until(() -> recorder.last() == 60);
        assertThat(recorder.sequences()).isEqualTo(range(1, 60));
    }

    @Test
    void aGapEndsTheSubscriptionAndNothingBeyondItIsDelivered() {
        append(1, 3);
        append(5, 9);
        Recorder recorder = new Recorder();

        feed.subscribe(0, recorder);

        await().atMost(SOON).until(() -> recorder.failure != null);
        assertThat(recorder.failure.reason()).isEqualTo(Reason.GAP);
        assertThat(recorder.failure.message()).contains("event 5 came where 4 belongs");
        assertThat(recorder.sequences()).doesNotContain(5L);
        await().atMost(SOON).until(() -> subscriptionThreads().isEmpty());
    }

    @Test
    void aRepeatedEventIsAGapToo() {
        append(1, 3);
        append(3, 4);
        Recorder recorder = new Recorder();

        feed.subscribe(0, recorder);

        await().atMost(SOON).until(() -> recorder.failure != null);
        assertThat(recorder.failure.reason()).isEqualTo(Reason.GAP);
    }

    @Test
    void anEventThatCannotBeReadIsAGapAndNeverLeftOut() {
        engine.append(io.outcry.engine.v1.Event.newBuilder().setSequence(1).build());
        Recorder recorder = new Recorder();

        feed.subscribe(0, recorder);

        await().atMost(SOON).until(() -> recorder.failure != null);
        assertThat(recorder.failure.reason()).isEqualTo(Reason.GAP);
        assertThat(recorder.failure.message()).contains("event 1 cannot be read");
    }

    @Test
    void aSubscriberAheadOfTheEngineFailsForGood() {
        engine.subscribeFailure =
                Optional.of(Status.FAILED_PRECONDITION.withDescription("journal ends at 10"));
        Recorder recorder = new Recorder();

        feed.subscribe(20, recorder);

        await().atMost(SOON).until(() -> recorder.failure != null);
        assertThat(recorder.failure.reason()).isEqualTo(Reason.AHEAD_OF_ENGINE);
        assertThat(recorder.failure.message()).contains("journal ends at 10");
        assertThat(engine.subscriptions).hasSize(1);
    }

    @Test
    void eventsThatAreNoLongerRetainedFailForGood() {
        engine.subscribeFailure = Optional.of(Status.OUT_OF_RANGE);
        Recorder recorder = new Recorder();

        feed.subscribe(0, recorder);

        await().atMost(SOON).until(() -> recorder.failure != null);
        assertThat(recorder.failure.reason()).isEqualTo(Reason.NO_LONGER_RETAINED);
    }

    @Test
    void aListenerThatBlocksHoldsTheEngineBackInsteadOfFillingMemory() throws Exception {
        appendLarge(1, 10_000);
        GatedRecorder recorder = new GatedRecorder();

        feed.subscribe(0, recorder);

        recorder.entered.await();
        await().during(Duration.ofMillis(300)).until(() -> engine.eventBatchesSent.get() < 300);
        recorder.gate.countDown();
        await().atMost(SOON).until(() -> recorder.last() == 10_000);
        assertThat(recorder.sequences()).isEqualTo(range(1, 10_000));
    }

    @Test
    void aListenerThatIsBusyIsNotTakenForASilentEngine() {
        feed.close();
        feed = EngineFeed.of(engine.settings().withSilenceLimit(Duration.ofSeconds(1)));
        append(1, 30);
        GatedRecorder recorder = new GatedRecorder();
        feed.subscribe(0, recorder);

        awaitUninterruptibly(recorder.entered);
        int subscriptions = engine.subscriptions.size();

        await().during(Duration.ofMillis(1_500))
                .until(() -> engine.subscriptions.size() == subscriptions);
        recorder.gate.countDown();

        await().atMost(SOON).until(() -> recorder.last() == 30);
        assertThat(engine.subscriptions).hasSize(subscriptions);
    }

    @Test
    void aListenerThatFailsGetsTheSameEventsAgain() {
        append(1, 30);
        Recorder recorder =
                new Recorder() {
                    private int failures = 2;

                    @Override
                    public void onEvents(List<Event> events, long durableSequence) {
                        if (last() == 10 && failures-- > 0) {
                            throw new IllegalStateException("not now");
                        }
                        super.onEvents(events, durableSequence);
                    }
                };

        feed.subscribe(0, recorder);

        await().atMost(SOON).until(() -> recorder.last() == 30);
        assertThat(recorder.sequences()).isEqualTo(range(1, 30));
        assertThat(engine.subscriptions).containsExactly(0L, 10L, 10L);
    }

    @Test
    void aSilentEngineIsTakenForLost() {
        engine.heartbeats = false;
        feed.close();
        feed = EngineFeed.of(engine.settings().withSilenceLimit(Duration.ofMillis(200)));
        Recorder recorder = new Recorder();

        feed.subscribe(0, recorder);

        await().atMost(SOON).until(() -> engine.subscriptions.size() >= 3);
        engine.heartbeats = true;
        append(1, 5);
        await().atMost(SOON).until(() -> recorder.last() == 5);
    }

    @Test
    void heartbeatsKeepAnIdleFeedUp() {
        feed.close();
        feed = EngineFeed.of(engine.settings().withSilenceLimit(Duration.ofSeconds(1)));
        append(1, 1);
        Recorder recorder = new Recorder();

        feed.subscribe(0, recorder);

        await().atMost(SOON).until(() -> recorder.last() == 1);
        int subscriptions = engine.subscriptions.size();
        await().during(Duration.ofMillis(2_500))
                .until(() -> engine.subscriptions.size() == subscriptions);
    }

    @Test
    void noCallBeginsOnceCloseHasReturned() {
        append(1, 100_000);
        Recorder recorder = new Recorder();
        Subscription subscription = feed.subscribe(0, recorder);
        await().atMost(SOON).until(() -> recorder.last() > 0);

        subscription.close();

        long last = recorder.last();
        append(100_001, 100_010);
        await().during(Duration.ofMillis(100)).until(() -> recorder.last() == last);
        assertThat(subscriptionThreads()).isEmpty();
    }

    @Test
    void closeWaitsForTheCallThatIsUnderWay() throws Exception {
        append(1, 5);
        GatedRecorder recorder = new GatedRecorder();
        Subscription subscription = feed.subscribe(0, recorder);
        recorder.entered.await();

        Thread closer = new Thread(subscription::close);
        closer.start();
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        recorder.gate.countDown();
        closer.join();

        assertThat(recorder.last()).isEqualTo(5);
    }

    @Test
    void aListenerMayCloseItsOwnSubscription() {
        append(1, 100);
        Subscription[] own = new Subscription[1];
        CountDownLatch assigned = new CountDownLatch(1);
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void onEvents(List<Event> events, long durableSequence) {
                        awaitUninterruptibly(assigned);
                        super.onEvents(events, durableSequence);
                        own[0].close();
                    }
                };
        own[0] = feed.subscribe(0, recorder);
        assigned.countDown();

        await().atMost(SOON).until(() -> subscriptionThreads().isEmpty());
        assertThat(recorder.sequences()).isEqualTo(range(1, 10));
    }

    @Test
    void subscriptionsAreIndependentOfOneAnother() {
        append(1, 50);
        GatedRecorder blocked = new GatedRecorder();
        feed.subscribe(0, blocked);
        Recorder recorder = new Recorder();
        feed.subscribe(0, recorder);

        await().atMost(SOON).until(() -> recorder.last() == 50);
        blocked.gate.countDown();
    }

    @Test
    void closingTheFeedEndsEveryThreadAndTakesNoMoreSubscribers() {
        append(1, 5);
        Recorder recorder = new Recorder();
        feed.subscribe(0, recorder);
        await().atMost(SOON).until(() -> recorder.last() == 5);

        feed.close();

        await().atMost(SOON).until(() -> EngineThreads.alive().isEmpty());
        assertThatThrownBy(() -> feed.subscribe(0, recorder))
                .isInstanceOf(IllegalStateException.class);
        assertThat(subscriptionThreads()).isEmpty();
    }

    @Test
    void aNegativeSequenceIsRefused() {
        assertThatThrownBy(() -> feed.subscribe(-1, new Recorder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("afterSequence");
    }

    @Test
    void aNegativeTimeIsRefused() {
        assertThatThrownBy(() -> feed.subscribe(1, -1, new Recorder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("afterTimeNanos");
    }

    private void append(long from, long to) {
        append(from, to, 0);
    }

    /** Of so many nanoseconds later than the first events of those sequences. */
    private void append(long from, long to, long later) {
        LongStream.rangeClosed(from, to)
                .mapToObj(
                        sequence ->
                                io.outcry.engine.v1.Event.newBuilder()
                                        .setSequence(sequence)
                                        .setTime(time(sequence) + later)
                                        .setAccountSuspended(
                                                AccountSuspended.newBuilder().setAccountId(7))
                                        .build())
                .forEach(engine::append);
    }

    /** Events of a kilobyte each, so that ten of them outgrow many a buffer. */
    private void appendLarge(long from, long to) {
        String reference = "r".repeat(1_000);
        LongStream.rangeClosed(from, to)
                .mapToObj(
                        sequence ->
                                io.outcry.engine.v1.Event.newBuilder()
                                        .setSequence(sequence)
                                        .setCashAdjusted(
                                                CashAdjusted.newBuilder()
                                                        .setCurrency("USD")
                                                        .setReference(reference))
                                        .build())
                .forEach(engine::append);
    }

    private static long time(long sequence) {
        return 1_000 + 10 * sequence;
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<String> subscriptionThreads() {
        return EngineThreads.alive().stream()
                .filter(name -> name.contains("subscription"))
                .toList();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps what it is given. */
    private static class Recorder implements EventListener {
        volatile FeedFailure failure;
        volatile long durableSequence;
        private final List<Long> sequences = new ArrayList<>();

        @Override
        public void onEvents(List<Event> events, long durableSequence) {
            synchronized (sequences) {
                events.forEach(event -> sequences.add(event.sequence()));
            }
            this.durableSequence = durableSequence;
        }

        @Override
        public void onFailed(FeedFailure failure) {
            this.failure = failure;
        }

        long last() {
            synchronized (sequences) {
                return sequences.isEmpty() ? 0 : sequences.get(sequences.size() - 1);
            }
        }

        List<Long> sequences() {
            synchronized (sequences) {
                return List.copyOf(sequences);
            }
        }
    }

    /** Takes nothing until its gate is opened. */
    private static final class GatedRecorder extends Recorder {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);

        @Override
        public void onEvents(List<Event> events, long durableSequence) {
            entered.countDown();
            awaitUninterruptibly(gate);
            super.onEvents(events, durableSequence);
        }
    }
}
