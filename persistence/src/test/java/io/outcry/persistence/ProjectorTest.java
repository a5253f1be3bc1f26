package io.outcry.persistence;

import static io.outcry.persistence.ProjectionAssert.assertConserved;
import static io.outcry.persistence.ProjectionAssert.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.engine.EventListener.FeedFailure;
import io.outcry.domain.event.Event;
import io.outcry.domain.order.Order;
import io.outcry.domain.store.Projection;
import io.outcry.domain.store.Projection.Leadership;
import io.outcry.domain.store.ProjectionFollower;
import io.outcry.persistence.Projector.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeFeed feed = new FakeFeed();
    private final SlowProjection slow = new SlowProjection();
    private TestDatabase database;
    private Persistence persistence;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated();
        persistence = database.open();
    }

    @AfterEach
    void close() {
        persistence.close();
    }

    @Test
    void theProjectionFollowsTheFeedAndItsFollowerSeesEveryEventOnce() {
        EventFlow flow = new EventFlow(21);
        RecordingFollower follower = new RecordingFollower();
        try (Projector projector = persistence.project(feed, follower)) {
            for (int i = 0; i < 20; i++) {
                add(flow.take(150));
            }
            awaitCaughtUp();
            await().until(() -> projector.status().lag() == 0);
            assertThat(projector.status().role()).isEqualTo(Role.LEADER);
            assertThat(projector.status().position()).isEqualTo(3_000);
            await().until(() -> follower.sequences.size() == 3_000);
        }
        assertThat(follower.sequences).isEqualTo(LongStream.rangeClosed(1, 3_000).boxed().toList());
        assertThat(follower.heard).isEqualTo(follower.sequences);
        assertThat(follower.terms).containsExactly("leading at 0", "resigned");
        assertSameRows(database, slow);
        assertConserved(database);
    }

    @Test
    void theFollowerHearsOfAnEventBeforeItIsWritten() {
        EventFlow flow = new EventFlow(28);
        List<Long> writtenBefore = new CopyOnWriteArrayList<>();
        RecordingFollower follower =
                new RecordingFollower() {
                    @Override
                    public void arrived(List<Event> events) {
                        long written = persistence.projection().position();
                        if (written >= events.get(0).sequence()) {
                            writtenBefore.add(written);
                        }
                        super.arrived(events);
                    }
                };
        try (Projector projector = persistence.project(feed, follower)) {
            for (int i = 0; i < 50; i++) {
                add(flow.take(10));
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> follower.heard.contains(feed.last()));
            }
            assertThat(projector.status().role()).isEqualTo(Role.LEADER);
            awaitCaughtUp();
        }
        assertThat(writtenBefore).isEmpty();
        assertThat(follower.heard).isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
    }

    @Test
    void aFollowerStartsFromTheMarketAsProjected() {
        EventFlow flow = new EventFlow(22);
        add(flow.take(1_000));
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(feed.events(0, 1_000));
        }
        RecordingFollower follower = new RecordingFollower();
        try (Projector projector = persistence.project(feed, follower)) {
            await().atMost(PATIENCE).until(() -> projector.status().role() == Role.LEADER);
        }
        assertThat(follower.terms).startsWith("leading at 1000");
        assertThat(follower.openOrders)
                .hasSize(slow.rows("open_orders").size())
                .doesNotHaveDuplicates()
                .allMatch(order -> order.status().open())
                .extracting(Order::remainingQuantity)
                .allMatch(remaining -> remaining > 0);
        assertThat(follower.lastTrades).hasSize(9);
    }

    @Test
    void whenTheLeaderStopsAnotherGoesOn() {
        EventFlow flow = new EventFlow(23);
        try (Persistence other = database.open()) {
            Projector first = persistence.project(feed, new RecordingFollower());
            await().atMost(PATIENCE).until(() -> first.status().role() == Role.LEADER);
            try (Projector second = other.project(feed, new RecordingFollower())) {
                add(flow.take(500));
                awaitCaughtUp();
                assertThat(second.status().role()).isEqualTo(Role.STANDBY);
                assertThat(second.status().problem()).isNull();

                first.close();
                add(flow.take(500));
                awaitCaughtUp();
                assertThat(second.status().role()).isEqualTo(Role.LEADER);
            }
        }
        assertSameRows(database, slow);
    }

    @Test
    void lostSessionsLoseAndRepeatNothing() {
        EventFlow flow = new EventFlow(24);
        try (Persistence other = database.open();
                Projector first = persistence.project(feed, new RecordingFollower());
                Projector second = other.project(feed, new RecordingFollower())) {
            for (int i = 0; i < 15; i++) {
                add(flow.take(400));
                endWriterSessions();
            }
            awaitCaughtUp();
            assertThat(List.of(first.status().role(), second.status().role()))
                    .contains(Role.LEADER);
        }
        assertSameRows(database, slow);
        assertConserved(database);
    }

    @Test
    void anIdleLeaderNoticesThatItNoLongerLeads() {
        RecordingFollower follower = new RecordingFollower();
        try (Projector projector = persistence.project(feed, follower)) {
            await().atMost(PATIENCE).until(() -> projector.status().role() == Role.LEADER);
            endWriterSessions();
            await().atMost(PATIENCE)
                    .until(() -> follower.terms.size() >= 3 && follower.terms.contains("resigned"));
        }
    }

    @Test
    void aFeedThatIsBehindTheProjectionStopsItForGood() {
        EventFlow flow = new EventFlow(25);
        try (Projector projector = persistence.project(feed, new RecordingFollower())) {
            add(flow.take(200));
            awaitCaughtUp();
            feed.fail(
                    new FeedFailure(
                            FeedFailure.Reason.AHEAD_OF_ENGINE, "the journal was rolled back"));
            await().atMost(PATIENCE).until(() -> projector.status().role() == Role.FAILED);
            assertThat(projector.status().problem())
                    .isEqualTo("AHEAD_OF_ENGINE: the journal was rolled back");
            persistence.projection().tryLead().orElseThrow().close();
            assertThat(feed.subscriptions()).isEqualTo(1);
        }
    }

    @Test
    void aFeedWhoseEventThereIsAnotherOneStopsItAndNothingIsWritten() {
        List<Event> events = new EventFlow(30).take(200);
        try (Projector projector = persistence.project(feed, new RecordingFollower())) {
            add(events);
            awaitCaughtUp();
            assertThat(projector.status().problem()).isNull();
        }
        FakeFeed another = new FakeFeed();
        another.add(new EventFlow(31).take(400));
        try (Projector projector = persistence.project(another, new RecordingFollower())) {
            await().atMost(PATIENCE).until(() -> projector.status().role() == Role.FAILED);
            assertThat(projector.status().problem())
                    .isEqualTo(
                            "AHEAD_OF_ENGINE: seen 200 of time "
                                    + events.get(events.size() - 1).timeNanos());
        }
        assertThat(persistence.projection().position()).isEqualTo(200);
        assertSameRows(database, slow);

        try (Projector projector = persistence.project(feed, new RecordingFollower())) {
            await().atMost(PATIENCE).until(() -> projector.status().role() == Role.LEADER);
            add(continuation(events, 300));
            awaitCaughtUp();
        }
        assertSameRows(database, slow);
    }

    private static List<Event> continuation(List<Event> events, int to) {
        return new EventFlow(30).take(to).subList(events.size(), to);
    }

    @Test
    void anErrorThatEndsTheThreadIsTold() {
        Projection broken =
                new Projection() {
                    @Override
                    public Optional<Leadership> tryLead() {
                        throw new AssertionError("cannot be");
                    }

                    @Override
                    public long position() {
                        return 0;
                    }
                };
        try (Projector projector =
                Projector.start(
                        broken,
                        feed,
                        persistence.watch(),
                        new RecordingFollower(),
                        Projector.Settings.DEFAULT)) {
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> projector.status().role() == Role.FAILED);
            assertThat(projector.status().problem())
                    .isEqualTo(
                            "the projector's thread has ended:"
                                    + " java.lang.AssertionError: cannot be");
        }
    }

    @Test
    void aFollowerThatFailsDoesNotHoldTheProjectionUpAndComesBack() {
        RecordingFollower failing = new RecordingFollower();
        failing.failAt(100);
        assertComesBack(failing, new EventFlow(26));
    }

    @Test
    void aFollowerThatFailsToHearDoesNotHoldTheProjectionUpEither() {
        RecordingFollower failing = new RecordingFollower();
        failing.failToHear(100);
        assertComesBack(failing, new EventFlow(29));
    }

    private void assertComesBack(RecordingFollower failing, EventFlow flow) {
        try (Projector projector = start(failing, soonAgain(Projector.Settings.DEFAULT))) {
            add(flow.take(300));
            awaitCaughtUp();
            assertThat(projector.status().role()).isEqualTo(Role.LEADER);
            await().atMost(PATIENCE).until(() -> failing.terms.size() == 3);
            assertThat(projector.followerFailures()).isEqualTo(1);
            add(flow.take(300));
            awaitCaughtUp();
            await().atMost(PATIENCE).until(() -> failing.sequences.contains(600L));
        }
        assertThat(failing.terms.subList(0, 2)).containsExactly("leading at 0", "resigned");
        long anew = Long.parseLong(failing.terms.get(2).substring("leading at ".length()));
        List<Long> rest = LongStream.rangeClosed(anew + 1, 600).boxed().toList();
        assertThat(
                        failing.sequences.subList(
                                failing.sequences.indexOf(anew + 1), failing.sequences.size()))
                .isEqualTo(rest);
        assertThat(failing.heard.subList(failing.heard.lastIndexOf(anew + 1), failing.heard.size()))
                .isEqualTo(rest);
        assertThat(failing.terms).hasSize(4).endsWith("resigned");
    }

    private Projector start(ProjectionFollower follower, Projector.Settings settings) {
        return Projector.start(
                persistence.projection(), feed, persistence.watch(), follower, settings);
    }

    private static Projector.Settings soonAgain(Projector.Settings s) {
        return new Projector.Settings(
                s.inboxEvents(),
                s.batchEvents(),
                s.gatherPerEvent(),
                s.gatherMost(),
                s.restMost(),
                s.lagWanted(),
                s.standbyInterval(),
                s.retryMost(),
                Duration.ofMillis(100));
    }

    @Test
    void theWatchIsReachedWhereTheWriterIsAndElsewhere() throws Exception {
        EventFlow flow = new EventFlow(27);
        try (Persistence other = database.open();
                Projector projector = persistence.project(feed, new RecordingFollower())) {
            await().atMost(PATIENCE).until(() -> projector.status().role() == Role.LEADER);
            for (int i = 1; i <= 20; i++) {
                add(flow.take(10));
                ProjectionWatch watch = i % 2 == 0 ? persistence.watch() : other.watch();
                assertThat(watch.await(i * 10L, PATIENCE)).isTrue();
            }
            assertThat(other.watch().await(201, Duration.ofMillis(30))).isFalse();
        }
    }

    private void add(List<Event> events) {
        events.forEach(slow::apply);
        feed.add(events);
    }

    private void awaitCaughtUp() {
        await().atMost(PATIENCE).until(() -> persistence.projection().position() == feed.last());
    }

    private void endWriterSessions() {
        database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                        + " current_database() AND application_name = 'outcry-projection'");
    }
}
