package io.outcry.persistence;

import static io.outcry.persistence.ProjectionAssert.assertConserved;
import static io.outcry.persistence.ProjectionAssert.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.Projection.Leadership;
import io.outcry.domain.store.Projection.LeadershipLostException;
import io.outcry.domain.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionWriteTest {
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

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void randomEventsInRandomBatchesGiveTheRowsOfASlowFold(long seed) {
        EventFlow flow = new EventFlow(seed);
        SlowProjection slow = new SlowProjection();
        Random random = new Random(seed);
        try (Leadership leadership = lead()) {
            for (int batch = 0; batch < 60; batch++) {
                List<Event> events = flow.take(1 + random.nextInt(batch % 10 == 0 ? 1 : 300));
                leadership.write(events);
                events.forEach(slow::apply);
            }
            assertThat(leadership.position()).isEqualTo(persistence.projection().position());
        }
        assertSameRows(database, slow);
        assertConserved(database);
    }

    @Test
    void aNewLeaderGoesOnWhereTheLastOneStopped() {
        EventFlow flow = new EventFlow(7);
        SlowProjection slow = new SlowProjection();
        for (int leader = 0; leader < 10; leader++) {
            try (Leadership leadership = lead()) {
                List<Event> events = flow.take(100);
                assertThat(leadership.position()).isEqualTo(events.get(0).sequence() - 1);
                leadership.write(events);
                events.forEach(slow::apply);
            }
        }
        assertSameRows(database, slow);
    }

    @Test
    void aLeaderKnowsOfWhatTimeTheLastEventIs() {
        List<Event> events = new EventFlow(8).take(100);
        long lastNanos = events.get(99).timeNanos();
        try (Leadership leadership = lead()) {
            assertThat(leadership.positionTimeNanos()).isZero();
            leadership.write(events.subList(0, 50));
            assertThat(leadership.positionTimeNanos()).isEqualTo(events.get(49).timeNanos());
            leadership.write(events.subList(50, 100));
            leadership.write(List.of());
            assertThat(leadership.positionTimeNanos()).isEqualTo(lastNanos);
        }
        try (Leadership leadership = lead()) {
            assertThat(leadership.positionTimeNanos()).isEqualTo(lastNanos);
            leadership.write(List.of());
        }
        try (Leadership leadership = lead()) {
            assertThat(leadership.positionTimeNanos()).isEqualTo(lastNanos);
        }
        persistence.upkeep().empty();
        try (Leadership leadership = lead()) {
            assertThat(leadership.positionTimeNanos()).isZero();
        }
    }

    @Test
    void aTimeThatAnotherVersionLeftBehindCountsForNothing() {
        List<Event> events = new EventFlow(9).take(150);
        try (Leadership leadership = lead()) {
            leadership.write(events.subList(0, 100));
        }
        // A version that knows no time has moved the position on from event 50.
        database.execute("UPDATE projection_position SET timed_sequence = 50");
        try (Leadership leadership = lead()) {
            assertThat(leadership.position()).isEqualTo(100);
            assertThat(leadership.positionTimeNanos()).isZero();
            leadership.write(List.of());
        }
        try (Leadership leadership = lead()) {
            assertThat(leadership.positionTimeNanos()).isZero();
            leadership.write(events.subList(100, 150));
            assertThat(leadership.positionTimeNanos()).isEqualTo(events.get(149).timeNanos());
        }
    }

    @Test
    void onlyOneLeadsUntilItCloses() {
        try (Persistence other = database.open()) {
            Leadership leadership = lead();
            assertThat(other.projection().tryLead()).isEmpty();
            leadership.close();
            Leadership next = other.projection().tryLead().orElseThrow();
            next.close();
        }
    }

    @Test
    void aWriterWhoseSessionWasEndedIsReplacedAndWritesNothingMore() {
        EventFlow flow = new EventFlow(3);
        List<Event> first = flow.take(50);
        Leadership old = lead();
        old.write(first);
        endSessionsOf("outcry-projection");

        List<Event> second = flow.take(50);
        try (Leadership next = lead()) {
            assertThat(next.position()).isEqualTo(50);
            next.write(second);
        }
        assertThatThrownBy(() -> old.write(second)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> old.write(second)).isInstanceOf(IllegalStateException.class);
        old.close();
        assertThat(persistence.projection().position()).isEqualTo(100);
    }

    /** Waits as long as the server does: 15 s. */
    @Test
    void aWriterThatIsFrozenLosesItsPlace() {
        List<Event> events = new EventFlow(4).take(50);
        try (Leadership frozen = lead()) {
            await().atMost(Duration.ofSeconds(60)).until(this::anotherLeads);
            assertThatThrownBy(() -> frozen.write(events))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(persistence.projection().position()).isZero();
    }

    private boolean anotherLeads() {
        Optional<Leadership> next = persistence.projection().tryLead();
        next.ifPresent(Leadership::close);
        return next.isPresent();
    }

    @Test
    void aCandleWhoseTurnoverLeaves64BitsStaysAtTheLargestNumber() {
        Symbol symbol = new Symbol("AAPL");
        Script script = new Script().instrument(symbol);
        LongStream.rangeClosed(1, 4).forEach(id -> script.account(new AccountId(id)));
        long price = Long.MAX_VALUE / 8;
        for (long buyer = 1; buyer < 4; buyer += 2) {
            OrderId bid = script.limit(new AccountId(buyer), symbol, Side.BUY, 6, price, null);
            AccountId seller = new AccountId(buyer + 1);
            script.trade(bid, script.limit(seller, symbol, Side.SELL, 6, price, null), 6);
        }
        SlowProjection slow = new SlowProjection();
        List<Event> events = script.take();
        events.forEach(slow::apply);
        try (Leadership leadership = lead()) {
            leadership.write(events);
        }
        assertThat(database.rows("SELECT DISTINCT turnover FROM candles"))
                .containsExactly(Long.toString(Long.MAX_VALUE));
        assertSameRows(database, slow);
    }

    @Test
    void aZombieThatStillHasItsSessionIsStoppedByThePosition() {
        EventFlow flow = new EventFlow(5);
        SlowProjection slow = new SlowProjection();
        List<Event> first = flow.take(80);
        List<Event> second = flow.take(80);
        try (Leadership zombie = lead()) {
            zombie.write(first);
            database.execute("UPDATE projection_position SET sequence = 160");
            assertThatThrownBy(() -> zombie.write(second))
                    .isInstanceOf(LeadershipLostException.class);
            database.execute("UPDATE projection_position SET sequence = 80");
        }
        first.forEach(slow::apply);
        assertSameRows(database, slow);
    }

    @Test
    void aBatchThatFailsHalfwayLeavesNothingBehind() {
        EventFlow flow = new EventFlow(11);
        SlowProjection slow = new SlowProjection();
        List<Event> first = flow.take(200);
        List<Event> second = flow.take(200);
        first.forEach(slow::apply);
        try (Leadership leadership = lead()) {
            leadership.write(first);
        }
        database.execute("ALTER TABLE trades ADD CONSTRAINT none CHECK (trade_id < 0) NOT VALID");
        try (Leadership leadership = lead()) {
            assertThatThrownBy(() -> leadership.write(second))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("201 to 400");
        }
        assertSameRows(database, slow);
        database.execute("ALTER TABLE trades DROP CONSTRAINT none");

        try (Leadership leadership = lead()) {
            leadership.write(second);
        }
        second.forEach(slow::apply);
        assertSameRows(database, slow);
    }

    @Test
    void eventsThatDoNotFollowThePositionAreRefused() {
        EventFlow flow = new EventFlow(13);
        List<Event> events = flow.take(20);
        try (Leadership leadership = lead()) {
            assertThatThrownBy(() -> leadership.write(events.subList(1, 20)))
                    .isInstanceOf(IllegalArgumentException.class);
            leadership.write(events);
            assertThatThrownBy(() -> leadership.write(events))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(leadership.position()).isEqualTo(20);
        }
    }

    private Leadership lead() {
        return persistence.projection().tryLead().orElseThrow();
    }

    private void endSessionsOf(String application) {
        database.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname ="
                        + " current_database() AND application_name = '"
                        + application
                        + "'");
    }
}
