package io.outcry.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The ranges of sequences that history is partitioned by. The writer begins the next one when a
 * batch reaches beyond the last, in the batch's own transaction, in a way that holds up no reader.
 * For one thread.
 */
final class HistorySegments {
    /** Every table that is partitioned by sequence. */
    static final List<String> TABLES =
            List.of("closed_orders", "order_changes", "fills", "trades", "ledger");

    private static final String LAST_END =
            "SELECT coalesce(max(end_sequence), 1) FROM history_segments";
    private static final String ADD_SEGMENT =
            "INSERT INTO history_segments (first_sequence, end_sequence, begun_at_nanos)"
                    + " VALUES (?, ?, ?)";

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
     * @param timeNanos of an event that is not after the first one that needs a new segment
     */
    void reach(long sequence, long timeNanos) throws SQLException {
        while (end <= sequence) {
            begin(end, end + segmentEvents, timeNanos);
            end += segmentEvents;
        }
    }

    /** Attaching locks out no reader, as making a partition in place would. */
    private void begin(long first, long endOfNew, long timeNanos) throws SQLException {
        for (String table : TABLES) {
            String partition = partition(table, first);
            try (Statement ddl = statements.createStatement()) {
                ddl.execute(
                        "CREATE TABLE "
                                + partition
                                + " (LIKE "
                                + table
                                + ");\nALTER TABLE "
                                + table
                                + " ATTACH PARTITION "
                                + partition
                                + " FOR VALUES FROM ("
                                + first
                                + ") TO ("
                                + endOfNew
                                + ")");
            }
        }
        PreparedStatement add = statements.prepare(ADD_SEGMENT);
        add.setLong(1, first);
        add.setLong(2, endOfNew);
        add.setLong(3, timeNanos);
        add.executeUpdate();
    }

    static String partition(String table, long firstSequence) {
        return table + "_from_" + firstSequence;
    }
}
