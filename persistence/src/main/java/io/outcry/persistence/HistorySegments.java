package io.outcry.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The ranges of sequences that history is partitioned by. The writer begins the next one when a
 * batch reaches beyond the last, in the batch's own transaction, in a way that holds up no reader.
 * For one thread.
 */
final class HistorySegments {
    /** Every table that is partitioned by sequence. */
    static final List<String> TABLES =
            List.of("closed_orders", "order_changes", "fills", "trades", "postings");

    private static final String LAST_END =
            "SELECT coalesce(max(end_sequence), 1) FROM history_segments";
    private static final String BEGIN = "SELECT begin_history_segment(?, ?, ?)";

    private final WriterStatements statements;
    private final long segmentEvents;
    private long end;

    HistorySegments(WriterStatements statements, long segmentEvents) throws SQLException {
        this.statements = statements;
        this.segmentEvents = segmentEvents;
        try (ResultSet row = statements.prepare(LAST_END).executeQuery()) {
            row.next();
            end = row.getLong(1);
        }
    }

    /**
     * Makes sure that there are partitions for all events up to that sequence.
     *
     * @param timeNanos that no event before the first one that needs a new segment is after
     */
    void reach(long sequence, long timeNanos) throws SQLException {
        while (end <= sequence) {
            begin(end, end + segmentEvents, timeNanos);
            end += segmentEvents;
        }
    }

    /** By the schema's owner, since a writer's own role may not make tables. */
    private void begin(long first, long endOfNew, long timeNanos) throws SQLException {
        PreparedStatement begin = statements.prepare(BEGIN);
        begin.setLong(1, first);
        begin.setLong(2, endOfNew);
        begin.setLong(3, timeNanos);
        begin.execute();
    }

    static String partition(String table, long firstSequence) {
        return table + "_from_" + firstSequence;
    }
}
