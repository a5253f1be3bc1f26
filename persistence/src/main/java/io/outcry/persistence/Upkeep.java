package io.outcry.persistence;

import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * What an operator does with the projection as a whole: check it, build it anew, and let go of old
 * history. Each call opens a connection of its own, and may take minutes. Safe for use by many
 * threads.
 */
public final class Upkeep {
    private static final Duration PATIENCE = Duration.ofHours(12);

    private final Database database;

    Upkeep(Database database) {
        this.database = database;
    }

    /**
     * Compares every projected table with what a plain replay of the feed gives. The projection may
     * be written meanwhile. It reads the whole feed and all tables, and changes nothing.
     *
     * @param replayed told how far the replay has come, from time to time
     * @throws StoreUnavailableException when the database or the feed does not answer
     * @throws IllegalStateException when the feed no longer has its first events
     */
    public List<TableComparison> check(EventFeed feed, LongConsumer replayed)
            throws InterruptedException {
        try (Connection connection = connect()) {
            return new ProjectionCheck(connection).run(feed, replayed);
        } catch (SQLException e) {
            throw Database.translated("checking the projection", e);
        }
    }

    /**
     * Empties the projection, so that whoever writes it builds it anew from the first event. A
     * writer that is at work finds its place taken and starts over. Users are no part of it.
     *
     * @throws StoreUnavailableException when the database does not answer: perhaps it is emptied
     */
    public void empty() {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            // First the position, as the writer does: so the two wait for each other in one order.
            execute(
                    connection,
                    "UPDATE projection_position"
                            + " SET sequence = 0, timed_sequence = 0, time_nanos = 0");
            for (Segment segment : segments(connection, Long.MAX_VALUE)) {
                for (String table : HistorySegments.TABLES) {
                    execute(connection, "DROP TABLE " + segment.partition(table));
                }
            }
            execute(connection, "DELETE FROM history_segments");
            execute(connection, "TRUNCATE time_marks, " + ProjectedTables.withoutHistory());
            connection.commit();
        } catch (SQLException e) {
            throw Database.translated("emptying the projection", e);
        }
    }

    /**
     * Lets go of the history that is wholly older than that time, by whole partitions, and of the
     * candles of one second of that age. What the partitions held stays in the database as tables
     * of other names, to be moved elsewhere and dropped: theirs are needed again when the
     * projection is built anew.
     *
     * @return the tables
     */
    public List<String> detachHistory(Instant before) {
        return letGo("detaching old history", before, Upkeep::rename);
    }

    /**
     * As {@link #detachHistory}, and drops the partitions.
     *
     * @return their names
     */
    public List<String> dropHistory(Instant before) {
        return letGo("dropping old history", before, Upkeep::drop);
    }

    /** What becomes of a table that is no partition any more. */
    @FunctionalInterface
    private interface Disposal {
        /** Returns the name that is to be reported. */
        String of(Connection connection, String table) throws SQLException;
    }

    private List<String> letGo(String what, Instant before, Disposal disposal) {
        try (Connection connection = connect()) {
            // One at a time; who comes second finds nothing to do.
            execute(connection, "SELECT pg_advisory_lock(" + Database.LOCK_CLASS + ", 1)");
            List<String> names = new ArrayList<>();
            for (Segment segment : segments(connection, nanos(before))) {
                for (String table : HistorySegments.TABLES) {
                    detach(connection, table, segment.partition(table));
                }
                names.addAll(dispose(connection, segment, disposal));
            }
            return names;
        } catch (SQLException e) {
            throw Database.translated(what, e);
        }
    }

    /** All at once: a segment that is still known is one that nothing has become of. */
    private static List<String> dispose(Connection connection, Segment segment, Disposal disposal)
            throws SQLException {
        List<String> names = new ArrayList<>();
        connection.setAutoCommit(false);
        for (String table : HistorySegments.TABLES) {
            names.add(disposal.of(connection, segment.partition(table)));
        }
        forget(connection, segment);
        connection.commit();
        connection.setAutoCommit(true);
        return names;
    }

    /** To a name that no other table has had, since none has had its number. */
    private static String rename(Connection connection, String table) throws SQLException {
        String number = "SELECT '" + table + "'::regclass::oid::bigint";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(number)) {
            row.next();
            String name = table + "_detached_" + row.getLong(1);
            execute(connection, "ALTER TABLE " + table + " RENAME TO " + name);
            return name;
        }
    }

    private static String drop(Connection connection, String table) throws SQLException {
        execute(connection, "DROP TABLE " + table);
        return table;
    }

    private Connection connect() throws SQLException {
        return database.connectUpkeep(PATIENCE);
    }

    private record Segment(long first, long end) {
        String partition(String table) {
            return HistorySegments.partition(table, first);
        }
    }

    /**
     * Oldest first: those that were over before that time, so never the newest unless at the end.
     */
    private static List<Segment> segments(Connection connection, long beforeNanos)
            throws SQLException {
        String sql =
                """
                SELECT first_sequence, end_sequence FROM history_segments s
                WHERE ? = 9223372036854775807 OR EXISTS (
                    SELECT FROM history_segments n
                    WHERE n.first_sequence = s.end_sequence AND n.begun_at_nanos <= ?)
                ORDER BY first_sequence
                """;
        List<Segment> segments = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, beforeNanos);
            select.setLong(2, beforeNanos);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    segments.add(new Segment(row.getLong(1), row.getLong(2)));
                }
            }
        }
        return segments;
    }

    /** Waits for readers rather than holding them up; takes up what was begun and not finished. */
    private static void detach(Connection connection, String table, String partition)
            throws SQLException {
        String pending =
                "SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = to_regclass('"
                        + partition
                        + "')";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pending)) {
            if (row.next()) {
                execute(
                        connection,
                        "ALTER TABLE "
                                + table
                                + " DETACH PARTITION "
                                + partition
                                + (row.getBoolean(1) ? " FINALIZE" : " CONCURRENTLY"));
            }
        }
    }

    private static void forget(Connection connection, Segment segment) throws SQLException {
        execute(
                connection,
                "DELETE FROM candles USING instruments i WHERE candles.symbol = i.symbol"
                        + " AND candle_interval = 1 AND sequence < "
                        + segment.end());
        execute(
                connection,
                "DELETE FROM time_marks USING history_segments n WHERE n.first_sequence = "
                        + segment.end()
                        + " AND time_nanos < n.begun_at_nanos");
        execute(
                connection,
                "DELETE FROM history_segments WHERE first_sequence = " + segment.first());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long nanos(Instant time) {
        return Math.addExact(TimeUnit.SECONDS.toNanos(time.getEpochSecond()), time.getNano());
    }
}
