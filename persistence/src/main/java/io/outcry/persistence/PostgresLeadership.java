package io.outcry.persistence;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.Candle;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.Projection.Leadership;
import io.outcry.domain.store.Projection.LeadershipLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes on the connection whose session holds the lock. After a write that failed it is of no
 * further use: whether the database has the batch is found by leading again. For one thread.
 */
final class PostgresLeadership implements Leadership {
    private static final String MOVE_POSITION =
            "UPDATE projection_position SET sequence = ?, timed_sequence = ?, time_nanos = ?"
                    + " WHERE sequence = ?";
    private static final String LOAD_POSITION =
            "SELECT sequence, CASE WHEN timed_sequence = sequence THEN time_nanos ELSE 0 END"
                    + " FROM projection_position";

    private final Connection connection;
    private final Persistence.Times times;
    private final WriterStatements statements;
    private final HistorySegments segments;
    private final BatchWriter writer;
    private final WriterMemory memory;
    private long position;
    private long positionTimeNanos;
    private boolean failed;

    /** Reads where to go on: the lock is held, so nobody else moves it. */
    PostgresLeadership(Connection connection, long segmentEvents, Persistence.Times times)
            throws SQLException {
        this.connection = connection;
        this.times = times;
        connection.setAutoCommit(false);
        this.statements = new WriterStatements(connection);
        // First: whoever empties the projection while the rest is read then makes the first write
        // fail.
        loadPosition();
        List<Candle> candles = load(CandleRows.SELECT_NEWEST, CandleRows::read);
        List<Instrument> instruments = load(InstrumentRows.SELECT_ALL, InstrumentRows::read);
        this.segments = new HistorySegments(statements, segmentEvents);
        this.writer = new BatchWriter(connection, statements, candles);
        this.memory = new WriterMemory(instruments, candles);
        connection.commit();
    }

    private <T> List<T> load(String sql, RowReader<T> reader) throws SQLException {
        List<T> loaded = new ArrayList<>();
        try (ResultSet row = statements.prepare(sql).executeQuery()) {
            while (row.next()) {
                loaded.add(reader.read(row));
            }
        }
        return loaded;
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private void loadPosition() throws SQLException {
        try (ResultSet row = statements.prepare(LOAD_POSITION).executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("projection_position has no row");
            }
            position = row.getLong(1);
            positionTimeNanos = row.getLong(2);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long positionTimeNanos() {
        return positionTimeNanos;
    }

    @Override
    public MarketState market() {
        return new PostgresMarketState(connection, position);
    }

    @Override
    public List<LedgerEntry> write(List<Event> events) {
        if (failed) {
            throw new IllegalStateException("an earlier write failed: lead again");
        }
        requireNext(events);
        failed = true;
        long startNanos = System.nanoTime();
        long to = position + events.size();
        long toNanos =
                events.isEmpty() ? positionTimeNanos : events.get(events.size() - 1).timeNanos();
        try {
            movePosition(to, toNanos);
            List<LedgerEntry> booked = List.of();
            if (events.isEmpty()) {
                connection.commit();
            } else {
                booked = project(events);
                times.wrote(System.nanoTime() - startNanos);
            }
            position = to;
            positionTimeNanos = toNanos;
            failed = false;
            return booked;
        } catch (SQLException e) {
            throw Database.translated("projecting events " + (position + 1) + " to " + to, e);
        }
    }

    private List<LedgerEntry> project(List<Event> events) throws SQLException {
        StoredState stored = StoredState.load(memory, statements, events);
        BatchFold fold = new BatchFold(memory, stored);
        events.forEach(fold::apply);
        Event last = events.get(events.size() - 1);
        segments.reach(last.sequence(), last.timeNanos());
        writer.write(events, fold, stored, memory);
        connection.commit();
        memory.committed(fold);
        return fold.ledger().entries();
    }

    private void requireNext(List<Event> events) {
        long expected = position;
        for (Event event : events) {
            if (event.sequence() != ++expected) {
                throw new IllegalArgumentException(
                        "expected event " + expected + ", got " + event.sequence());
            }
        }
    }

    /** Comes first: its row lock makes a second writer wait, and then find the position moved. */
    private void movePosition(long to, long toNanos) throws SQLException {
        PreparedStatement move = statements.prepare(MOVE_POSITION);
        move.setLong(1, to);
        move.setLong(2, to);
        move.setLong(3, toNanos);
        move.setLong(4, position);
        if (move.executeUpdate() != 1) {
            connection.rollback();
            throw new LeadershipLostException(
                    "the projection is no longer at " + position + ": another writer moved it");
        }
    }

    /**
     * Ends the session, and with it the lock and whatever was not committed. The server takes a
     * moment to see that; where all is well, the lock is given back first, so that the next can
     * take it at once.
     */
    @Override
    public void close() {
        try (connection) {
            if (!failed) {
                failed = true;
                statements.prepare("SELECT pg_advisory_unlock_all()").execute();
                connection.commit();
            }
        } catch (SQLException e) {
            throw Database.translated("closing the projection's writer", e);
        }
    }
}
