package io.outcry.persistence;

import static io.outcry.persistence.ProjectionAssert.assertConserved;
import static io.outcry.persistence.ProjectionAssert.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.store.StoreUnavailableException;
import io.outcry.persistence.Projector.Role;
import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);

    private static FragilePostgres server;
    private static Persistence persistence;
    private static final EventFlow FLOW = new EventFlow(31);
    private static final SlowProjection SLOW = new SlowProjection();
    private static final FakeFeed FEED = new FakeFeed();

    @BeforeAll
    static void open() {
        server = FragilePostgres.start();
        persistence = server.database().open();
    }

    @AfterAll
    static void close() {
        persistence.close();
        server.close();
    }

    @Test
    void crashesLoseAndRepeatNothing() {
        try (Projector projector = project()) {
            for (int i = 0; i < 5; i++) {
                add(400);
                await().atMost(PATIENCE).until(() -> projector.status().role() == Role.LEADER);
                add(400);
                server.crash();
                add(400);
            }
            awaitCaughtUp();
        }
        assertSameRows(server.database(), SLOW);
        assertConserved(server.database());
    }

    @Test
    void aKilledServerIsUnavailableAndTakenUpAgainOnceItIsBack() {
        try (Projector projector = project()) {
            add(500);
            awaitCaughtUp();
            server.kill();
            add(500);
            assertUnavailableSoon(this::findAnOrder);
            await().atMost(PATIENCE).until(() -> projector.status().problem() != null);
            assertThat(projector.status().role()).isEqualTo(Role.STANDBY);

            server.restart();
            awaitCaughtUp();
            assertThat(projector.status().role()).isEqualTo(Role.LEADER);
            assertThat(projector.status().problem()).isNull();
        }
        assertSameRows(server.database(), SLOW);
    }

    @Test
    void aFrozenServerIsNoticedInSecondsAndTakenUpAgainOnceItThaws() {
        try (Projector projector = project()) {
            add(500);
            awaitCaughtUp();
            server.freeze();
            try {
                add(500);
                assertUnavailableSoon(this::findAnOrder);
                assertUnavailableSoon(() -> persistence.watch().await(FEED.last(), PATIENCE));
                await().atMost(PATIENCE).until(() -> projector.status().problem() != null);
            } finally {
                server.thaw();
            }
            awaitCaughtUp();
        }
        assertSameRows(server.database(), SLOW);
    }

    @Test
    void aServerThatIsNotThereDoesNotKeepOneFromOpening() throws IOException {
        PersistenceSettings settings =
                PersistenceSettings.of(
                        "jdbc:postgresql://127.0.0.1:" + FreePorts.one() + "/outcry", "u", "p");
        try (Persistence absent = Persistence.open(settings)) {
            assertUnavailableSoon(absent::migrate);
            assertUnavailableSoon(() -> absent.projection().position());
            assertUnavailableSoon(() -> absent.projection().tryLead());
            assertUnavailableSoon(() -> absent.users().findByUsername("alice"));
        }
    }

    private Projector project() {
        return persistence.project(FEED, new RecordingFollower());
    }

    private void findAnOrder() {
        persistence.orders().find(new AccountId(1), new OrderId(1));
    }

    private static void assertUnavailableSoon(ThrowingCallable call) {
        long start = System.nanoTime();
        assertThatThrownBy(call).isInstanceOf(StoreUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    private static void add(int count) {
        List<Event> events = FLOW.take(count);
        events.forEach(SLOW::apply);
        FEED.add(events);
    }

    private static void awaitCaughtUp() {
        await().atMost(PATIENCE)
                .ignoreException(StoreUnavailableException.class)
                .until(() -> persistence.projection().position() == FEED.last());
    }
}
