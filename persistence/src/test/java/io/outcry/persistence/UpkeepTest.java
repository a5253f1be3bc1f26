package io.outcry.persistence;

import static io.outcry.persistence.ProjectionAssert.assertConserved;
import static io.outcry.persistence.ProjectionAssert.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.event.Event;
import io.outcry.domain.store.Projection.Leadership;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpkeepTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SEGMENT = 700;
    private static final String MARKS = "SELECT key_kind, key FROM time_marks ORDER BY 1, 2";

    private final EventFlow flow = new EventFlow(51);
    private final FakeFeed feed = new FakeFeed();
    private final SlowProjection slow = new SlowProjection();
    private TestDatabase database;
    private Persistence persistence;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated();
        persistence = Persistence.open(database.settings().withSegmentEvents(SEGMENT));
    }

    @AfterEach
    void close() {
        persistence.close();
    }

    private void project(int events) {
        List<Event> taken = flow.take(events);
        taken.forEach(slow::apply);
        feed.add(taken);
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            for (int from = 0; from < events; from += 250) {
                leadership.write(taken.subList(from, Math.min(events, from + 250)));
            }
        }
    }

    @Test
    void historyIsWrittenAcrossPartitionsThatBeginAsTheyAreReached() {
        project(3_000);
        assertSameRows(database, slow);
        assertConserved(database);
        assertThat(database.rows("SELECT first_sequence FROM history_segments ORDER BY 1"))
                .containsExactly("1", "701", "1401", "2101", "2801");
        assertThat(database.number("SELECT count(*) FROM postings_from_701")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {200, 1_500})
    void anotherSizeHoldsFromTheNextPartitionOn(long size) throws InterruptedException {
        project(1_000);
        persistence.close();
        persistence = Persistence.open(database.settings().withSegmentEvents(size));

        project(2_000);

        long firstOfNext = 2L * SEGMENT + 1;
        assertThat(database.rows("SELECT end_sequence FROM history_segments ORDER BY 1 LIMIT 3"))
                .containsExactly("701", "" + firstOfNext, "" + (firstOfNext + size));
        assertSameRows(database, slow);
        Instant secondEnded =
                Instant.ofEpochSecond(
                        0,
                        database.number(
                                "SELECT begun_at_nanos FROM history_segments"
                                        + " WHERE first_sequence = "
                                        + firstOfNext));
        assertThat(persistence.upkeep().dropHistory(secondEnded)).hasSize(10);
        assertThat(database.number("SELECT min(first_sequence) FROM history_segments"))
                .isEqualTo(firstOfNext);
        assertThat(persistence.upkeep().check(feed, position -> {}))
                .allMatch(TableComparison::equal);
    }

    @Test
    void aCheckFindsEveryTableAsItShouldBe() throws InterruptedException {
        project(2_000);
        List<TableComparison> tables = persistence.upkeep().check(feed, position -> {});
        assertThat(tables).hasSize(14).allMatch(TableComparison::equal);
        assertThat(tables).extracting(TableComparison::projectedRows).allMatch(rows -> rows > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open_orders: UPDATE open_orders SET price = price + 1 WHERE order_id IN"
                        + " (SELECT min(order_id) FROM open_orders)",
                "closed_orders: DELETE FROM closed_orders WHERE order_id IN"
                        + " (SELECT min(order_id) FROM closed_orders)",
                "fills: UPDATE fills SET order_id = order_id + 1 WHERE trade_id = 3 AND liquidity = 1",
                "trades: INSERT INTO trades SELECT trade_id + 100000, price, quantity, sequence,"
                        + " time_nanos, taker_side, symbol FROM trades WHERE trade_id = 1",
                "ledger: UPDATE trades SET house_cash_balance = house_cash_balance + 1 WHERE"
                        + " sequence IN (SELECT max(sequence) FROM trades"
                        + " WHERE house_cash IS NOT NULL)",
                "fills: UPDATE fills SET completes_order = NOT completes_order WHERE"
                        + " sequence IN (SELECT max(sequence) FROM fills)",
                "ledger: UPDATE fills SET quantity_balance = 0 WHERE trade_id = 3",
                "positions: UPDATE positions SET realized_pnl = realized_pnl + 1"
                        + " WHERE account_id = 2 AND symbol = 'AAPL'",
                "candles: UPDATE candles SET high = high + 1 WHERE candle_interval = 5"
            })
    void aCheckFindsTheTableThatIsWrong(String damage) throws InterruptedException {
        project(1_500);
        String table = damage.substring(0, damage.indexOf(':'));
        database.execute(damage.substring(table.length() + 1));

        assertThat(persistence.upkeep().check(feed, position -> {}))
                .filteredOn(comparison -> !comparison.equal())
                .extracting(TableComparison::table)
                .containsExactly(table);
    }

    @Test
    void emptiedItIsBuiltAnewByTheWriterAtWork() {
        project(1_500);
        List<String> marks = database.rows(MARKS);
        database.execute(
                "INSERT INTO users (username, email, password_hash, account_id, role)"
                        + " VALUES ('u', 'u@x', 'h', 1, 1)");
        try (Projector projector = persistence.project(feed)) {
            await().atMost(PATIENCE)
                    .until(() -> projector.status().role() == Projector.Role.LEADER);
            persistence.upkeep().empty();
            List<Event> more = flow.take(300);
            more.forEach(slow::apply);
            feed.add(more);
            await().atMost(PATIENCE)
                    .until(() -> persistence.projection().position() == feed.last());
        }
        assertSameRows(database, slow);
        assertThat(database.number("SELECT count(*) FROM users")).isEqualTo(1);
        assertThat(database.rows(MARKS)).isNotEmpty().isEqualTo(marks);
    }

    @Test
    void marksThatAnotherVersionLeftAreLetGoBeforeTheFirstEvents() {
        List<Event> events = flow.take(1_500);
        write(events);
        List<String> marks = database.rows(MARKS);
        database.execute(
                "CREATE TABLE left_behind AS SELECT * FROM time_marks;"
                        + " INSERT INTO left_behind VALUES (9000000000000000000, 7, 1)");
        persistence.upkeep().empty();
        database.execute("INSERT INTO time_marks SELECT * FROM left_behind");

        write(events);

        assertThat(database.rows(MARKS)).isNotEmpty().isEqualTo(marks);
    }

    private void write(List<Event> events) {
        try (Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(events);
        }
    }

    @Test
    void oldHistoryIsLetGoByWholePartitionsAndTheRestStaysRight() throws InterruptedException {
        project(3_000);
        Instant thirdBegan =
                Instant.ofEpochSecond(
                        0,
                        database.number(
                                "SELECT begun_at_nanos FROM history_segments"
                                        + " WHERE first_sequence = 1401"));

        assertThat(persistence.upkeep().dropHistory(thirdBegan.minusNanos(1)))
                .hasSize(5)
                .contains("fills_from_1");
        List<String> detached = persistence.upkeep().detachHistory(thirdBegan);
        assertThat(detached).hasSize(5).allMatch(name -> name.contains("_from_701_detached_"));
        assertThat(persistence.upkeep().dropHistory(thirdBegan)).isEmpty();

        assertThat(database.number("SELECT min(sequence) FROM fills")).isGreaterThan(1_400);
        assertThat(database.rows(MARKS)).contains("1|2000").doesNotContain("1|1000");
        assertThat(detached)
                .filteredOn(name -> name.startsWith("fills_"))
                .singleElement()
                .satisfies(
                        fills ->
                                assertThat(database.number("SELECT count(*) FROM " + fills))
                                        .isPositive());
        assertThat(persistence.upkeep().check(feed, position -> {}))
                .allMatch(TableComparison::equal);
        project(500);
        assertThat(persistence.upkeep().check(feed, position -> {}))
                .allMatch(TableComparison::equal);
    }

    @Test
    void historyThatWasDetachedIsInNobodysWayWhenAllIsBuiltAnew() {
        project(3_000);
        persistence.upkeep().detachHistory(Instant.parse("2200-01-01T00:00:00Z"));
        persistence.upkeep().empty();
        try (Projector projector = persistence.project(feed)) {
            await().atMost(PATIENCE)
                    .until(() -> persistence.projection().position() == feed.last());
            assertThat(projector).isNotNull();
        }
        assertSameRows(database, slow);
    }

    @Test
    void aKeeperDropsWhatIsOlderThanItIsToBeKept() {
        project(3_000);
        try (HistoryKeeper keeper =
                persistence.keepHistory(Duration.ofDays(1), Clock.systemUTC())) {
            await().atMost(PATIENCE)
                    .until(() -> database.number("SELECT count(*) FROM history_segments") == 1);
            assertThat(keeper).isNotNull();
        }
        assertThat(database.number("SELECT min(sequence) FROM ledger")).isGreaterThan(2_800);
        assertThat(database.number("SELECT count(*) FROM cash_balances")).isPositive();
    }

    @Test
    void aReaderInTheMiddleOfAQueryHoldsUpNoWriterThatBeginsAPartition() throws SQLException {
        project(600);
        try (Connection reader = database.connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM fills, ledger, closed_orders, trades LIMIT 1");
            project(200);
            assertThat(database.number("SELECT count(*) FROM history_segments")).isEqualTo(2);
            reader.rollback();
        }
    }
}
