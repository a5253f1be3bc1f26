package io.outcry.persistence;

import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.event.Event;
import io.outcry.domain.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares every projected table, row by row, with what a plain replay of the feed from its first
 * event gives. It may be run while the projection is written: all tables are read as of one moment,
 * and the replay goes as far as they do. Memory is bounded by what is open at one time. For one
 * thread.
 */
final class ProjectionCheck {
    private static final int FETCH_SIZE = 5_000;
    private static final int INBOX_EVENTS = 20_000;
    private static final int BATCH = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Connection connection;
    private long position;
    private long horizon;

    ProjectionCheck(Connection connection) {
        this.connection = connection;
    }

    List<TableComparison> run(EventFeed feed, LongConsumer replayed) throws InterruptedException {
        Map<String, TableChecksum> projected;
        try {
            projected = readTables();
        } catch (SQLException e) {
            throw Database.translated("reading the projection", e);
        }
        Map<String, TableChecksum> expected = replay(feed, replayed);
        List<TableComparison> tables = new ArrayList<>();
        projected.forEach(
                (table, sum) -> {
                    TableChecksum right = Objects.requireNonNull(expected.get(table), table);
                    tables.add(
                            new TableComparison(
                                    table, sum.rows(), sum.text(), right.rows(), right.text()));
                });
        return tables;
    }

    private Map<String, TableChecksum> readTables() throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        position = number("SELECT sequence FROM projection_position");
        horizon = number("SELECT coalesce(min(first_sequence), 1) FROM history_segments");
        Map<String, TableChecksum> sums = checksums();
        for (Map.Entry<String, TableChecksum> table : sums.entrySet()) {
            read(ProjectedTables.select(table.getKey(), horizon), table.getValue());
        }
        connection.commit();
        return sums;
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void read(String sql, TableChecksum sum) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet row = statement.executeQuery(sql)) {
                int columns = row.getMetaData().getColumnCount();
                @Nullable Object[] fields = new @Nullable Object[columns];
                while (row.next()) {
                    for (int i = 0; i < columns; i++) {
                        fields[i] = row.getString(i + 1);
                    }
                    sum.add(text(fields));
                }
            }
        }
    }

    private static Map<String, TableChecksum> checksums() {
        Map<String, TableChecksum> sums = new LinkedHashMap<>();
        ProjectedTables.names().forEach(table -> sums.put(table, new TableChecksum()));
        return sums;
    }

    private Map<String, TableChecksum> replay(EventFeed feed, LongConsumer replayed)
            throws InterruptedException {
        Map<String, TableChecksum> sums = checksums();
        PlainReplay replay =
                new PlainReplay(
                        (table, sequence, fields) -> {
                            if (sequence >= horizon) {
                                Objects.requireNonNull(sums.get(table), table).add(text(fields));
                            }
                        });
        EventInbox inbox = new EventInbox(INBOX_EVENTS);
        EventFeed.Subscription subscription = feed.subscribe(0, inbox);
        try {
            while (replay.sequence() < position) {
                next(inbox, replay);
                replayed.accept(replay.sequence());
            }
        } finally {
            inbox.close();
            subscription.close();
        }
        replay.end();
        return sums;
    }

    private void next(EventInbox inbox, PlainReplay replay) throws InterruptedException {
        inbox.gather(1, PATIENCE.toNanos());
        EventInbox.requireNotEnded(inbox);
        List<Event> events = inbox.take((int) Math.min(BATCH, position - replay.sequence()));
        if (events.isEmpty()) {
            throw new StoreUnavailableException(
                    "the feed sent nothing after event " + replay.sequence(),
                    new IllegalStateException("waited " + PATIENCE));
        }
        events.forEach(replay::apply);
    }

    /** Fields of a row with bars between them. */
    static String text(@Nullable Object... fields) {
        StringBuilder text = new StringBuilder(128);
        for (@Nullable Object field : fields) {
            text.append(field).append('|');
        }
        return text.toString();
    }
}
